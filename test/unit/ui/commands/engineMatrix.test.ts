import assert from 'node:assert/strict';
import { anInventory } from '../../../support/builders';
import { TestApp } from '../../../support/testApp';

const MATRIX = 'kubeblocksBackup.showEngineMatrix';
const MANIFEST = 'kubeblocksBackup.showAddonManifest';

describe('Show Engine Matrix', () => {
  it('shows the page', async () => {
    const test = new TestApp();
    await test.command(MATRIX);
    assert.deepEqual([test.shown, test.told], [[{ form: 'engines' }], []]);
  });

  it('shows it without a cluster, too, and says so in the log alone', async () => {
    const test = new TestApp({ contexts: [] });
    await test.command(MATRIX);
    assert.deepEqual([test.shown, test.told], [[{ form: 'engines' }], []]);
    assert.ok(test.log.lines.some((line) => line.includes('shown without a cluster: No cluster to talk to')));
  });

  it('contacts nothing in a workspace that is not trusted', async () => {
    const test = new TestApp({ trusted: false });
    await test.command(MATRIX);
    assert.deepEqual([test.shown, test.source.reads], [[{ form: 'engines' }], 0]);
  });
});

describe('Show Add-on Manifest', () => {
  it('asks for the engine, and shows what can be applied for it', async () => {
    const test = new TestApp();
    await test.command(MANIFEST);
    assert.deepEqual(test.prompts.picks[0]?.choices.map(({ label }) => label), ['Prometheus']);
    assert.deepEqual(test.previews.map(({ name }) => name), ['prometheus-addon.yaml']);
    assert.match(test.previews[0]?.text ?? '', /^# Prometheus as a database[^]*kind: ComponentDefinition[^]*---\n[^]*kind: BackupPolicyTemplate[^]*# kind: Cluster/);
  });

  it('shows nothing when one turns away', async () => {
    const test = new TestApp();
    test.prompts.when(/./, { leave: true });
    await test.command(MANIFEST);
    assert.deepEqual([test.previews, test.told], [[], []]);
  });

  it('says why there is none for a line before 1.0', async () => {
    const test = new TestApp({ inventory: anInventory({}, { line: '0.9' }) });
    await test.command(MANIFEST);
    assert.deepEqual([test.previews, test.told], [[], [['No manifest for Prometheus can be shown: KubeBlocks 0.9 has another form of add-ons. Manifests are there for 1.0 and later.', 'Show Log']]]);
  });
});
