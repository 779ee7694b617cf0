import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { watchFiles } from '../../../src/kubernetes/watchFiles';

describe('Files that are watched', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let stop: () => void;
  /** Resolves once it was told while the file held what is wanted. */
  let told: (wanted: (content: string | undefined) => boolean) => Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'watched-'));
    file = path.join(folder, 'config');
    let listener = (): void => undefined;
    told = (wanted) =>
      new Promise((resolve) => {
        // The watch keeps no process alive.
        const staying = setInterval(() => undefined, 1_000);
        listener = () => {
          if (!wanted(contentOf(file))) return;
          clearInterval(staying);
          resolve();
        };
      });
    stop = watchFiles([path.join(folder, 'other'), file], () => listener(), (name) => assert.fail(name));
  });

  afterEach(async () => {
    stop();
    await rm(folder, { recursive: true });
  });

  it('tell of one that is made and written, put in its place by another, and removed', async () => {
    // Until it is told: nobody knows when the file is looked at first.
    const writing = setInterval(() => appendFileSync(file, 'a'), 100);
    await told((content) => content?.startsWith('a') === true);
    clearInterval(writing);

    const replaced = told((content) => content === 'another');
    await writeFile(`${file}.new`, 'another');
    await rename(`${file}.new`, file);
    await replaced;

    const removed = told((content) => content === undefined);
    await rm(file);
    await removed;
  });
});

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
