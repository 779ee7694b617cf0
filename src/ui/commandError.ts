import * as l10n from '@vscode/l10n';

/** A button of a message, and what it does. */
export type ErrorAction = CommandAction | { readonly label: string; readonly run: () => Promise<void> };

export interface CommandAction {
  readonly label: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** A failure of a command, worded for a person: *what failed: why. What to do.* */
export class CommandError extends Error {
  readonly action: ErrorAction | undefined;

  constructor(message: string, options: { readonly action?: ErrorAction; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'CommandError';
    this.action = options.action;
  }
}

/** A submission that a person left and that has not come through. Resuming it sends the same object, so it creates nothing twice. */
export class Unfinished extends Error {
  constructor(
    message: string,
    /** Resolves with how to follow what was created. */
    readonly resume: () => Promise<() => Promise<void>>,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'Unfinished';
  }
}

/** The person turned away. Commands end with it silently. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** A kubeconfig, and the playground, run programs: neither is touched in a workspace that is not trusted. */
export function notTrusted(): CommandError {
  return new CommandError(l10n.t('This workspace is in Restricted Mode, so no cluster is contacted. Trust it to go on.'), {
    action: { label: l10n.t('Manage Trust'), command: 'workbench.trust.manage' },
  });
}
