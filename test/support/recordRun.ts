import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a lane leaves behind for the runner that counts. */
export interface RunRecord {
  readonly passed: readonly string[];
  /** `suite`: the outermost one. */
  readonly failed: readonly { readonly title: string; readonly suite: string; readonly error: string }[];
  /** Tests that said themselves that they cannot run here. */
  readonly notRun: readonly string[];
  readonly seconds: number;
}

/** Writes what happened in a mocha run to `file` once it has ended. */
export function recordRun(runner: Mocha.Runner, file: string): void {
  const started = Date.now();
  const passed: string[] = [];
  const failed: { title: string; suite: string; error: string }[] = [];
  const notRun: string[] = [];
  runner.on('pass', (test) => passed.push(test.fullTitle()));
  runner.on('pending', (test) => notRun.push(test.fullTitle()));
  runner.on('fail', (test, error: unknown) => failed.push({ title: test.fullTitle(), suite: test.titlePath()[0] ?? '', error: textOf(error) }));
  runner.once('end', () => {
    const record: RunRecord = { passed, failed, notRun, seconds: (Date.now() - started) / 1000 };
    mkdirSync(path.dirname(file), { recursive: true });
    // Whole or not at all: somebody may be waiting for the file to appear.
    writeFileSync(`${file}.part`, JSON.stringify(record, null, 1));
    renameSync(`${file}.part`, file);
  });
}

/** What runs in a process of its own tells of its errors in objects that are like them. */
function textOf(error: unknown): string {
  const { stack, message } = Object(error) as Partial<Error>;
  return stack ?? message ?? String(error);
}
