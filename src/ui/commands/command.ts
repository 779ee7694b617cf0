import type { App } from '../app';
import type { Invocation } from './invocation';

/**
 * Does what the command's title says, or throws. What it returns goes on after the command counts as done
 * (following a backup, say), so that the command can be called again meanwhile.
 */
export type Command = (app: App, invocation: Invocation) => Promise<(() => Promise<void>) | undefined>;

/** A command that is done when it returns. */
export function simple(run: (app: App, invocation: Invocation) => Promise<void> | void): Command {
  return async (app, invocation) => {
    await run(app, invocation);
    return undefined;
  };
}
