import type { CliProcess } from './cliProcess';

/**
 * Resolves when the process is asked to end: by a signal, by the end of the process that forked it, or because nobody
 * reads what it says. Asked again, it goes on ending; what it says on stderr may be lost without harm.
 */
export function untilStopped(process: CliProcess): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    process.on('disconnect', resolve);
    process.stdout.on?.('error', () => resolve());
    process.stderr.on?.('error', () => undefined);
  });
}
