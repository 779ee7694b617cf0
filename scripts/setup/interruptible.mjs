import { endRunning } from './running.mjs';
import { SetupError } from './setupError.mjs';

/** What a shell takes for "it was interrupted". */
export const INTERRUPTED = 130;

/** How long (ms) the rest may take, once all programs have ended: what was made for them is removed. */
const PATIENCE = 60_000;

/**
 * Runs `main` until it ends or this process is told to. Then every program that runs for it ends first (a terminal tells
 * them as well, `kill` does not), and what `main` still does about that is waited for; told again, the process ends at once.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} main asks the signal before it begins anything further
 * @returns {Promise<T | typeof INTERRUPTED>}
 */
export async function interruptible(main) {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
    setTimeout(() => process.exit(INTERRUPTED), PATIENCE).unref();
    void endRunning();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const name of signals) process.on(name, interrupt);
  try {
    const result = await main(controller.signal);
    return controller.signal.aborted ? INTERRUPTED : result;
  } catch (error) {
    // What was being made could not be: it was ended.
    if (controller.signal.aborted && error instanceof SetupError) return INTERRUPTED;
    throw error;
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}
