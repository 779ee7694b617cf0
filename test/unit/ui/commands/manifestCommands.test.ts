import assert from 'node:assert/strict';
import { KINDS, type KubeBlocksLine } from '../../../../src/kubeblocks/kinds';
import { convert } from '../../../../src/manifest/assist/convert';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import type { OpenManifest } from '../../../../src/ui/manifests';
import { NAMESPACE } from '../../../support/builders';
import { dialectOf } from '../../../support/manifestDialect';
import { TestApp, type TestAppOptions } from '../../../support/testApp';

const POLICY = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupPolicy
metadata:
  name: orders
  namespace: ${NAMESPACE}
spec:
  backupRepoName: somewhere
  target:
    podSelector:
      matchLabels:
        app: orders
  backupMethods:
    - name: snap
      snapshotVolumes: true
      targetVolumes:
        volumes:
          - data
`;
const BACKUP = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata:
  name: orders
  namespace: ${NAMESPACE}
spec:
  backupPolicyName: orders
  backupMethod: snap
  deletionPolicy: Retain
`;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\nstringData:\n  key: hidden-away\n';

interface Edited extends OpenManifest {
  readonly now: () => string;
}

function manifestOf(text: string, { cursor = 0, line = '1.0', changedMeanwhile = false }: { readonly cursor?: number; readonly line?: KubeBlocksLine; readonly changedMeanwhile?: boolean } = {}): Edited {
  const file = readFile(text);
  let now = text;
  return {
    name: 'orders.yaml',
    uri: 'file:///manifests/orders.yaml',
    file,
    cursor,
    line,
    judge: (by) => Promise.resolve(judgeFile(file, [], dialectOf(by))),
    convert: (from, to) => Promise.resolve(convert(file, dialectOf(from), dialectOf(to), [])),
    edit: (edits) => {
      if (!changedMeanwhile) now = applyEdits(now, edits);
      return Promise.resolve(!changedMeanwhile);
    },
    now: () => now,
  };
}

function open(text: string, options: TestAppOptions = {}, manifest: Parameters<typeof manifestOf>[1] = {}): { readonly test: TestApp; readonly manifest: Edited } {
  const test = new TestApp(options);
  const opened = manifestOf(text, manifest);
  test.manifest = opened;
  return { test, manifest: opened };
}

const writes = ({ deps }: TestApp): readonly string[] => deps.api.calls.filter(({ verb }) => !['get', 'list'].includes(verb)).map(({ verb, kind, name, dryRun }) => `${verb} ${kind} ${name}${dryRun ? ' (dry run)' : ''}`);

describe('Apply', () => {
  it('asks the server, shows what it would do and where, and applies it on a word', async () => {
    const { test } = open(POLICY);
    await test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(test), ['apply BackupPolicy orders (dry run)', 'apply BackupPolicy orders']);
    const [apply] = test.prompts.picks.at(-1)?.choices ?? [];
    assert.deepEqual([apply?.label, apply?.description], ['Create BackupPolicy orders', `kind-prod, namespace ${NAMESPACE}`]);
    assert.deepEqual(test.told, [['Applied to kind-prod: BackupPolicy orders.', 'Show']]);
    assert.ok(test.deps.api.read(KINDS.backupPolicy, 'orders', NAMESPACE));
  });

  it('says what was found first, and sends nothing where that is wrong for sure', async () => {
    const { test } = open(POLICY.replace('backupRepoName', 'backupRepoNam'));
    await test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(test), []);
    assert.match(test.told[0]?.[0] ?? '', /^Nothing was applied: orders\.yaml in line 7: .*backupRepoNam\b.* Correct it first\.$/s);
    assert.equal(test.told[0]?.[1], 'Show Problems');
  });

  it('shows the warnings beside the question', async () => {
    const { test } = open(BACKUP);
    await test.command('kubeblocksBackup.applyManifest');
    const labels = test.prompts.picks.at(-1)?.choices.filter(({ icon }) => icon === 'warning' || icon === 'info').map(({ description }) => description ?? '') ?? [];
    assert.deepEqual(labels, ['line 9']);
  });

  it('leaves everything alone where the person leaves', async () => {
    const { test } = open(POLICY);
    test.prompts.when(/Apply/, { leave: true });
    await test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(test), ['apply BackupPolicy orders (dry run)']);
    assert.deepEqual(test.told, []);
  });

  it('takes the document at the cursor, the one under a lens, or the whole file', async () => {
    const text = `${SECRET}---\n${POLICY}`;
    const here = open(text, {}, { cursor: text.indexOf('backupMethods') });
    await here.test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(here.test).at(-1), 'apply BackupPolicy orders');
    assert.equal(writes(here.test).length, 2);
    const lens = open(text, {}, { cursor: text.indexOf('stringData') });
    await lens.test.command('kubeblocksBackup.applyManifest', { manifest: 'file:///manifests/orders.yaml', offset: text.indexOf('stringData') });
    assert.deepEqual(writes(lens.test), ['apply Secret credentials (dry run)', 'apply Secret credentials']);
    const whole = open(text);
    whole.test.prompts.when(/Apply/, /^All 2 objects/);
    await whole.test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(whole.test).slice(2), ['apply Secret credentials', 'apply BackupPolicy orders']);
  });

  it('says that nothing would change', async () => {
    const { test } = open(POLICY);
    await test.command('kubeblocksBackup.applyManifest');
    await test.command('kubeblocksBackup.applyManifest');
    assert.equal(writes(test).filter((write) => !write.includes('dry run')).length, 1);
    assert.equal(test.told.at(-1)?.[0], 'Nothing to apply: BackupPolicy orders is in kind-prod as it is written.');
  });

  it('runs once, however often it is clicked', async () => {
    const { test } = open(POLICY);
    await Promise.all([test.command('kubeblocksBackup.applyManifest'), test.command('kubeblocksBackup.applyManifest')]);
    assert.deepEqual(writes(test), ['apply BackupPolicy orders (dry run)', 'apply BackupPolicy orders']);
  });

  it('says what the server refuses', async () => {
    const { test } = open(POLICY);
    await test.command('kubeblocksBackup.showLog');
    test.deps.api.failNext('apply', 422, 'Invalid', { message: 'spec.target is immutable' });
    await test.command('kubeblocksBackup.applyManifest');
    assert.equal(test.told.at(-1)?.[0], 'BackupPolicy orders would not be accepted: the cluster refuses it. spec.target is immutable');
    assert.deepEqual(writes(test), ['apply BackupPolicy orders (dry run)']);
  });

  it('changes nothing in a read-only context', async () => {
    const { test } = open(POLICY, { rules: { readOnlyContexts: ['kind-*'] } });
    await test.command('kubeblocksBackup.applyManifest');
    assert.deepEqual(writes(test), []);
    assert.match(test.told[0]?.[0] ?? '', /^kind-prod was not changed: /);
  });

  it('asks for the name of a protected context', async () => {
    const { test } = open(POLICY, { rules: { protectedContexts: ['kind-prod'] } });
    test.prompts.when(/Apply/, /^Create/).when(/Apply/, 'kind-prod');
    await test.command('kubeblocksBackup.applyManifest');
    assert.match(test.prompts.inputs[0]?.prompt ?? '', /kind-prod is a protected context/);
    assert.deepEqual(writes(test).at(-1), 'apply BackupPolicy orders');
  });

  it('says where there is no manifest, and that a template has to be rendered first', async () => {
    const { test } = open('a: {{ .Values.b }}\nkind: {{ .Values.kind }}\napiVersion: dataprotection.kubeblocks.io/v1alpha1\n');
    await test.command('kubeblocksBackup.applyManifest');
    test.manifest = undefined;
    await test.command('kubeblocksBackup.applyManifest');
    assert.match(test.told[0]?.[0] ?? '', /it is a template/);
    assert.match(test.told[1]?.[0] ?? '', /^There is no manifest to act on/);
  });

  it('contacts no cluster in a workspace that is not trusted', async () => {
    const { test } = open(POLICY, { trusted: false });
    await test.command('kubeblocksBackup.applyManifest');
    assert.match(test.told[0]?.[0] ?? '', /Restricted Mode/);
    assert.deepEqual(test.deps.api.calls, []);
  });
});

describe('Diff Against Cluster', () => {
  it('shows both sides, without credentials and what the server keeps for itself', async () => {
    const { test } = open(`${SECRET}---\n${POLICY}`);
    test.prompts.when(/Diff/, /^All 2 objects/);
    test.deps.api.put(KINDS.backupPolicy, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicy', metadata: { name: 'orders', namespace: NAMESPACE, uid: 'u', resourceVersion: '7' }, spec: { backupRepoName: 'elsewhere' }, status: { phase: 'Available' } } as never);
    await test.command('kubeblocksBackup.diffManifest');
    const [{ title, before, after } = { title: '', before: '', after: '' }] = test.compared;
    assert.match(title, /orders\.yaml: kind-prod ↔ as it is written/);
    assert.match(before, /backupRepoName: elsewhere/);
    assert.match(after, /backupRepoName: somewhere/);
    assert.doesNotMatch(before + after, /hidden-away|status|resourceVersion|uid/);
    assert.deepEqual(writes(test).filter((write) => !write.includes('dry run')), []);
  });
});

describe('Delete What the Manifest Describes', () => {
  it('asks, naming object, context and namespace', async () => {
    const { test } = open(POLICY);
    test.deps.api.put(KINDS.backupPolicy, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicy', metadata: { name: 'orders', namespace: NAMESPACE } });
    await test.command('kubeblocksBackup.deleteManifest');
    const [{ message, detail } = { message: '', detail: '' }] = test.prompts.confirmed;
    assert.equal(message, 'Delete BackupPolicy orders?');
    assert.match(detail, new RegExp(`^BackupPolicy orders in namespace ${NAMESPACE}\\n\\nContext kind-prod\\.`));
    assert.deepEqual(writes(test), ['delete BackupPolicy orders']);
    assert.equal(test.told[0]?.[0], 'Deleted from kind-prod: BackupPolicy orders.');
  });

  it('deletes nothing when declined, in a read-only context, or what is not there', async () => {
    const declined = open(POLICY);
    declined.test.prompts.agree = false;
    declined.test.deps.api.put(KINDS.backupPolicy, { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicy', metadata: { name: 'orders', namespace: NAMESPACE } });
    const readOnly = open(POLICY, { rules: { readOnlyContexts: ['kind-prod'] } });
    const absent = open(POLICY);
    for (const { test } of [declined, readOnly, absent]) {
      await test.command('kubeblocksBackup.deleteManifest');
      assert.deepEqual(writes(test), []);
    }
    assert.equal(absent.test.told[0]?.[0], 'Nothing to delete: kind-prod has no BackupPolicy orders.');
  });
});

describe('Convert', () => {
  const OLD = 'apiVersion: apps.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata:\n  name: orders-stop\nspec:\n  clusterRef: orders\n  type: Stop\n';

  it('shows the difference first, then makes it in the editor', async () => {
    const { test, manifest } = open(OLD);
    test.prompts.when(/Convert/, 'KubeBlocks 1.0');
    await test.command('kubeblocksBackup.convertManifest');
    assert.match(test.prompts.picks[0]?.placeholder ?? '', /^It reads as KubeBlocks 0\.9/);
    assert.deepEqual(test.compared.map(({ title, before }) => [title, before]), [['orders.yaml: as it is ↔ for KubeBlocks 1.0', 'file:///manifests/orders.yaml']]);
    assert.match(manifest.now(), /^apiVersion: operations\.kubeblocks\.io\/v1alpha1\n[^]*clusterName: orders/);
    assert.equal(test.compared[0]?.after, manifest.now());
  });

  it('changes nothing where the person leaves after the difference', async () => {
    const { test, manifest } = open(OLD);
    test.prompts.when(/Convert/, 'KubeBlocks 1.0').when(/Convert/, { leave: true });
    await test.command('kubeblocksBackup.convertManifest');
    assert.equal(manifest.now(), OLD);
  });

  it('says what cannot be converted', async () => {
    const { test } = open('apiVersion: apps.kubeblocks.io/v1alpha1\nkind: BackupPolicyTemplate\nmetadata:\n  name: t\nspec:\n  clusterDefinitionRef: postgresql\n  backupPolicies:\n    - componentDefRef: postgresql\n      backupMethods:\n        - name: full\n          actionSetName: x\n');
    test.prompts.when(/Convert/, 'KubeBlocks 1.0');
    await test.command('kubeblocksBackup.convertManifest');
    assert.ok(test.offered().some((label) => label.includes('clusterDefinitionRef')), test.offered().join('\n'));
  });

  it('says that a text fits as it is, and that it changed meanwhile', async () => {
    const fits = open(POLICY);
    fits.test.prompts.when(/Convert/, 'KubeBlocks 1.1');
    await fits.test.command('kubeblocksBackup.convertManifest');
    assert.equal(fits.test.told[0]?.[0], 'orders.yaml fits KubeBlocks 1.1 as it is.');
    const changed = open(OLD, {}, { changedMeanwhile: true });
    changed.test.prompts.when(/Convert/, 'KubeBlocks 1.0');
    await changed.test.command('kubeblocksBackup.convertManifest');
    assert.match(changed.test.told[0]?.[0] ?? '', /was not converted: its text changed meanwhile/);
  });
});
