import * as l10n from '@vscode/l10n';
import { AppError } from '../../operations/appError';
import type { App } from '../app';
import { CommandError, Cancelled, Unfinished, type ErrorAction } from '../commandError';
import { notify } from './notify';
import { refKey } from '../objectRef';
import type { Command } from './command';
import { readInvocation, type Invocation } from './invocation';

export type CommandRunner = (id: string, command: Command, argument: unknown) => Promise<void>;

/**
 * The one way commands run: finds what they are meant for, logs start, end and duration, keeps a second click from
 * starting the same thing twice, swallows cancellation, and shows any other failure once.
 */
export function createCommandRunner(app: App): CommandRunner {
  const running = new Set<string>();
  return async (id, command, argument) => {
    const invocation = readInvocation(argument, app.views.selection);
    const key = runningKey(id, invocation);
    if (running.has(key)) {
      app.log.info(`${key} is running already`);
      app.prompts.focus();
      return;
    }
    running.add(key);
    const again: ErrorAction = { label: l10n.t('Try Again'), command: id, arguments: [argument] };
    await runAndFollow(app, key, again, async () => {
      try {
        return await command(app, invocation);
      } finally {
        running.delete(key);
      }
    });
  };
}

/** Runs what no command began, as one runs: logged, and its failure shown once. */
export function runInBackground(app: App): (what: string, task: () => Promise<void>) => Promise<void> {
  return (what, task) => timed(app, what, undefined, task);
}

/** What follows cannot be tried again: the whole command would run, and make a second object. */
async function runAndFollow(app: App, key: string, again: ErrorAction | undefined, run: () => Promise<(() => Promise<void>) | undefined>): Promise<void> {
  let afterwards: (() => Promise<void>) | undefined;
  await timed(app, key, again, async () => {
    afterwards = await run();
  });
  if (afterwards !== undefined) {
    await timed(app, `${key} (following)`, undefined, afterwards);
  }
}

function runningKey(id: string, { ref }: Invocation): string {
  return ref === undefined ? id : `${id} ${refKey(ref)}`;
}

async function timed(app: App, what: string, again: ErrorAction | undefined, run: () => Promise<void>): Promise<void> {
  const started = app.clock.now();
  const took = (): string => `${what}, ${app.clock.now() - started} ms`;
  app.log.info(`start ${what}`);
  try {
    await run();
    app.log.info(`done ${took()}`);
  } catch (error) {
    if (isCancellation(error)) {
      app.log.info(`cancelled ${took()}`);
      return;
    }
    app.log.warn(`failed ${took()}: ${describeFailure(error)}`);
    showFailure(app, error, error instanceof Unfinished ? resuming(app, what, error) : again);
  }
}

function resuming(app: App, what: string, { resume }: Unfinished): ErrorAction {
  return { label: l10n.t('Try Again'), run: () => runAndFollow(app, what, undefined, resume) };
}

function isCancellation(error: unknown): boolean {
  return error instanceof Cancelled || (error instanceof AppError && error.reason === 'cancelled') || (error instanceof Error && error.name === 'AbortError');
}

function describeFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One notification with at most two buttons. */
function showFailure(app: App, error: unknown, again: ErrorAction | undefined): void {
  const showLog: ErrorAction = { label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' };
  const own = actionOf(error, again);
  notify(app, 'error', describeFailure(error), own === undefined ? [showLog] : [own, showLog]);
}

function actionOf(error: unknown, again: ErrorAction | undefined): ErrorAction | undefined {
  if (error instanceof CommandError) {
    return error.action;
  }
  if (error instanceof Unfinished) {
    return again;
  }
  const action = error instanceof AppError ? error.action : undefined;
  switch (action?.kind) {
    case 'copyRole':
      return { label: l10n.t('Copy the Rule to Ask For'), command: 'kubeblocksBackup.copyPermissionRule', arguments: [{ manifest: action.manifest }] };
    case 'retry':
      return again;
    case 'chooseContext':
      return { label: l10n.t('Choose Context…'), command: 'kubeblocksBackup.chooseContext' };
    case 'showLog':
    case undefined:
      return undefined;
  }
}
