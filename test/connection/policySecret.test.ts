import assert from 'node:assert/strict';
import * as path from 'node:path';
import { PLAYGROUND_NAMESPACE as NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground } from '../../src/playground/playground';
import { PlaygroundApp } from '../support/playgroundApp';
import { readKubeconfigText } from '../support/kubeconfigText';

const ROOT = path.resolve(__dirname, '../..');

describe('A policy that is to be encrypted by a Secret', () => {
  it('is not changed where that Secret is not there, which is said', async function () {
    this.timeout(60_000);
    const playground = await createPlayground({ schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground'), line: '1.0', speed: 0, now: Date.UTC(2026, 0, 1, 12) });
    const app = new PlaygroundApp(playground, readKubeconfigText(playground.kubeconfig).current ?? '');
    try {
      app.active.start();
      await app.lines();
      const outcome = await app.outcomeOf('kubeblocksBackup.changePolicy', { kind: 'backupPolicy', namespace: NAMESPACE, name: 'cache-redis-backup-policy' }, (prompts) =>
        prompts.when(/^Change Policy/, 'Encryption').when(/^How backups/, 'AES-256-CFB').when(/^Which pass/, 'A Secret That Is There…').when(/^Secret with/, 'Type Its Name…').when(/^Secret with/, 'nope').when(/^Key of/, 'phrase'),
      );
      assert.match(outcome, /^refused in the question: There is no Secret nope in namespace playground/);
    } finally {
      app.dispose();
      await playground.close();
    }
  });
});
