import * as l10n from '@vscode/l10n';

/** What a button of a message does. */
export interface ErrorAction {
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
