import type { App } from '../app';
import type { ErrorAction } from '../commandError';

/** A notification that nobody waits for (it may stay for hours); its button runs its command. */
export function notify(app: App, level: 'info' | 'warning' | 'error', message: string, actions: readonly ErrorAction[]): void {
  const run = async (): Promise<void> => {
    const chosen = await app.prompts.tell(level, message, actions);
    if (chosen !== undefined) {
      await ('run' in chosen ? chosen.run() : app.runCommand(chosen.command, ...(chosen.arguments ?? [])));
    }
  };
  run().catch((error: unknown) => app.log.warn(`a button failed: ${String(error)}`));
}
