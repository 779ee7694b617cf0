import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';

const tightZip = import('../../../scripts/setup/tightZip.mjs');

describe('a package packed tighter', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'tight '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is smaller and holds what it held: names, order, dates and every byte', async () => {
    const file = path.join(folder, 'a.vsix');
    const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level: 1, extendedTimestamp: false });
    const text = Array.from({ length: 3000 }, (_, line) => `backup-${(line * 7919) % 1013} ends after ${line % 60} s`).join('\n');
    await writer.add('dist/extension.js', new TextReader(text), { lastModDate: new Date(2026, 10, 28, 6, 46, 4) });
    await writer.add('media/icon.png', new Uint8ArrayReader(Uint8Array.from([1, 2, 3])), { level: 0 });
    await writer.add('empty.txt', new TextReader(''));
    writeFileSync(file, await writer.close());
    const before = { size: statSync(file).size, entries: await entriesOf(file) };

    await (await tightZip).packTighter(file);

    assert.ok(statSync(file).size < before.size);
    assert.deepEqual(await entriesOf(file), before.entries);
  });
});

async function entriesOf(file: string) {
  const reader = new ZipReader(new Uint8ArrayReader(readFileSync(file)), { useWebWorkers: false, checkCrc32: true });
  return Promise.all((await reader.getEntries()).map(async (entry) => ({ name: entry.filename, date: entry.lastModDate, bytes: entry.directory ? undefined : Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString('latin1') })));
}
