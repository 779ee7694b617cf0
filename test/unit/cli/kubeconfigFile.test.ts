import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeKubeconfig } from '../../../src/cli/kubeconfigFile';
import { UsageError } from '../../../src/cli/usageError';
import { kubeconfigText } from '../../../src/playground/kubeconfig';

describe('the kubeconfig file of the playground', () => {
  const text = kubeconfigText({ address: 'https://127.0.0.1:1', token: 't' });
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kubeblocks-backup-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [what, content] of [
    ['a kubeconfig of other clusters', 'contexts: [{name: production}]'],
    ['a file that is no kubeconfig', 'my notes'],
    ['a file that is not YAML', '{ ['],
  ] as const) {
    it(`does not take the place of ${what}`, () => {
      const file = join(folder, 'config');
      writeFileSync(file, content);
      assert.throws(
        () => writeKubeconfig(file, text),
        (error) => error instanceof UsageError && error.message === `The kubeconfig cannot be written: ${file} holds something else. Give another file with --kubeconfig.`,
      );
      assert.equal(readFileSync(file, 'utf8'), content);
    });
  }

  it('takes the place of one an earlier playground left', () => {
    const file = join(folder, 'config');
    writeFileSync(file, kubeconfigText({ address: 'https://127.0.0.1:2', token: 'old' }));
    writeKubeconfig(file, text);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('is left where another playground wrote its own since', () => {
    const file = join(folder, 'config');
    const { remove } = writeKubeconfig(file, text);
    writeFileSync(file, 'another');
    remove();
    assert.equal(readFileSync(file, 'utf8'), 'another');
  });
});
