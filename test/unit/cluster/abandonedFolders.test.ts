import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdFolder, removeAbandonedFolders } from '../../cluster/lane/abandonedFolders';

describe('the folders of clusters', () => {
  it('are removed where the process that held them is gone, and no others', () => {
    const below = mkdtempSync(join(tmpdir(), 'folders-'));
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const name of ['kubeblocks-cluster-held', 'kubeblocks-cluster-left', 'kubeblocks-cluster-odd', 'kubeblocks-cluster-none', 'other']) mkdirSync(join(below, name));
    holdFolder(join(below, 'kubeblocks-cluster-held'));
    for (const [name, text] of [['kubeblocks-cluster-left', String(pid)], ['kubeblocks-cluster-odd', 'x'], ['other', String(pid)]] as const) writeFileSync(join(below, name, 'holder.pid'), text);
    try {
      assert.deepEqual(removeAbandonedFolders(below), [join(below, 'kubeblocks-cluster-left')]);
      assert.deepEqual(readdirSync(below).sort(), ['kubeblocks-cluster-held', 'kubeblocks-cluster-none', 'kubeblocks-cluster-odd', 'other']);
    } finally {
      rmSync(below, { recursive: true });
    }
  });
});
