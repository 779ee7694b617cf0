import { performance } from 'node:perf_hooks';
import { createFieldDocs } from '../../src/manifest/assist/fieldDocs';
import { complete } from '../../src/manifest/assist/complete';
import { hover } from '../../src/manifest/assist/hover';
import { judgeFile } from '../../src/manifest/judgeFile';
import { updateFile, type ManifestFile } from '../../src/manifest/manifestFile';
import { OpenManifests } from '../../src/manifest/session/openManifests';
import { dialectOf } from '../support/manifestDialect';
import { manyManifests, TYPED } from './manyManifests';

const ROUNDS = 200;

/**
 * What the manifest service costs in this process, without an editor: for files of 1 to 1,000 documents the first
 * reading (cold: of a file that nothing is known of), then the least of many rounds of each thing people do in it.
 * Prints one line of JSON.
 */
function main(): void {
  const counts = [1, 10, 100, 1000];
  process.stdout.write(`${JSON.stringify(Object.fromEntries(counts.map((count) => [count, measure(count)])))}\n`);
}

function measure(count: number): Record<string, number> {
  const dialect = dialectOf('1.0');
  const text = manyManifests(count);
  const before = memory();
  let file: ManifestFile | undefined;
  const cold = timed(() => {
    file = new OpenManifests().fileOf('file:///a.yaml', { version: 1, getText: () => text });
    const found = judgeFile(file, [], dialect);
    if (found.length > 0) throw new Error(`the manifests are not right: ${found.map(({ code, message }) => `${code} ${message}`).slice(0, 3).join(' ')}`);
  });
  if (file === undefined) throw new Error('nothing was read');
  let current: ManifestFile = file;
  const memoryMb = memory() - before;
  const middle = text.indexOf(TYPED, Math.floor(text.length / 2)) < 0 ? text.indexOf(TYPED) : text.indexOf(TYPED, Math.floor(text.length / 2));
  const offset = middle + TYPED.length - 1;
  const context = { facts: [], dialect, docs: createFieldDocs({ texts: () => undefined, parts: {}, dialectOf }), nowMs: 0, timeZone: 'UTC' };
  let round = 0;
  const typed = (): string => `${text.slice(0, offset)}${(round += 1) % 90}${text.slice(offset)}`;
  const least = (work: () => void): number => Math.min(...Array.from({ length: ROUNDS }, () => timed(work)));
  const type = (): number => {
    // As an editor hands it on: one text, not pieces of several.
    const next = flat(typed());
    return timed(() => {
      current = updateFile(current, next);
      judgeFile(current, [], dialect);
    });
  };
  return {
    cold,
    keystroke: Math.min(...Array.from({ length: ROUNDS }, type)),
    completion: least(() => void complete(current, offset, context)),
    hover: least(() => void hover(current, middle + 2, context, [])),
    memoryMb,
  };
}

function flat(text: string): string {
  return Buffer.from(text).toString();
}

function memory(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

main();
