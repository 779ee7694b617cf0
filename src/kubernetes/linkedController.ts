import { setMaxListeners } from 'node:events';

/** A controller that is aborted with another signal, or alone. `unlink` when it is not needed any more. */
export function linkedController(signal: AbortSignal): { readonly controller: AbortController; readonly unlink: () => void } {
  const controller = new AbortController();
  // Every request of a round listens to its signal: more than ten are no leak.
  setMaxListeners(0, controller.signal);
  const stop = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) {
    stop();
  }
  return { controller, unlink: () => signal.removeEventListener('abort', stop) };
}
