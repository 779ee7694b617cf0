import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { manyManifests } from './manyManifests';

const COUNTS = [1000, 10_000];
const IN_A_FILE = 8;
const RUNS = 5;

/**
 * The whole process of `kubeblocks-backup lint`, by the Node that runs this: ms of each run over so many documents in one
 * file, and over the same in files of eight. Prints one line of JSON.
 */
function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kubeblocks-bench-'));
  const found: Record<string, readonly number[]> = { nothing: runs(['-e', '0']) };
  for (const count of COUNTS) {
    const text = manyManifests(count);
    const file = join(folder, `${count}.yaml`);
    const files = join(folder, String(count));
    writeFileSync(file, text);
    mkdirSync(files);
    const documents = text.split(/^(?=---\n)/m);
    for (let at = 0; at < documents.length; at += IN_A_FILE) writeFileSync(join(files, `${at}.yaml`), documents.slice(at, at + IN_A_FILE).join(''));
    found[`${count}`] = runs(['dist/cli.js', 'lint', file]);
    found[`${count} in files`] = runs(['dist/cli.js', 'lint', files]);
  }
  rmSync(folder, { recursive: true });
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

function runs(args: readonly string[]): readonly number[] {
  return Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
    return performance.now() - started;
  });
}

main();
