import { performance } from 'node:perf_hooks';
import { judgeInTurns } from '../../src/manifest/judgeFile';
import { OpenManifests } from '../../src/manifest/session/openManifests';
import { turns } from '../../src/manifest/session/turns';
import { dialectOf } from '../support/manifestDialect';
import { manyManifests } from './manyManifests';
import { StallMeter } from './stallMeter';

const DOCUMENTS = 1000;

/**
 * The first file that a process opens, as the extension host does: in turns of the event loop, which others share. Prints
 * one line of JSON: ms from the text to its findings, and the longest turn.
 */
async function main(): Promise<void> {
  const text = manyManifests(DOCUMENTS);
  const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));
  await pause();
  const meter = new StallMeter();
  const started = performance.now();
  const dialect = dialectOf('1.0');
  // The extension reads it from files, and waits for them.
  await pause();
  const turn = turns(new AbortController().signal, { now: () => performance.now(), pause });
  const file = await new OpenManifests().open('file:///a.yaml', { version: 1, getText: () => text }, turn);
  await judgeInTurns(file, [], dialect, turn);
  const ms = performance.now() - started;
  await pause();
  process.stdout.write(`${JSON.stringify({ ms, ...meter.stop() })}\n`);
}

void main();
