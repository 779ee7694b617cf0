import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Programs } from '../lane/programs';

/** Starts one program that never ends, says its process and its keeper's, and waits to be ended. */
async function keepSleeping(): Promise<void> {
  const programs = new Programs(mkdtempSync(join(tmpdir(), 'kubeblocks-keeper-')), () => undefined);
  programs.start({ name: 'sleeper', program: process.execPath, args: ['-e', 'setInterval(() => undefined, 60_000)'] });
  while (programs.pid('sleeper') === undefined) await new Promise((resolve) => setImmediate(resolve));
  const [program, keeper] = programs.pidsOfAll;
  process.stdout.write(`${JSON.stringify({ program, keeper, folder: programs.logFile('') })}\n`);
  // To wait for a signal alone would not keep the process.
  const staying = setInterval(() => undefined, 60_000);
  await once(process, 'SIGTERM');
  clearInterval(staying);
}

void keepSleeping();
