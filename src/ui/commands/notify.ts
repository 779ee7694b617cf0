import type { App } from '../app';
import type { ErrorAction } from '../commandError';

/** A notification that nobody waits for (it may stay for hours); its button runs its command. */
export function notify(app: App, level: 'info' | 'warning' | 'error', message: string, actions: readonly ErrorAction[]): void {
  void app.prompts.tell(level, message, actions).then((chosen) => {
    return chosen === undefined ? undefined : app.runCommand(chosen.command, ...(chosen.arguments ?? []));
  });
}
