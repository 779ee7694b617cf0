import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { runCli } from '../../../../src/cli/runCli';
import { KINDS } from '../../../../src/kubeblocks/kinds';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { connect } from '../../../../src/kubernetes/clusterSession';
import { systemClock } from '../../../../src/kubernetes/systemClock';
import { createPlayground, type Playground } from '../../../../src/playground/playground';
import { aBackup, aCluster, aLog, aRepo, NAMESPACE, postgresActionSets } from '../../../support/builders';
import { readKubeconfigText } from '../../../support/kubeconfigText';
import { RecordingLogger } from '../../../support/recordingLogger';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await runCli(args, { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) }, on: () => undefined });
  return { code, out, err };
}

interface Report {
  readonly hash: string;
  readonly possible: boolean;
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
  readonly reads: { readonly sources: readonly { readonly backup: string; readonly role: string }[] };
  readonly manifests: readonly AnyObject[];
}

const snapshot = JSON.stringify({
  apiVersion: 'apps.kubeblocks.io/v1',
  metadata: { name: 'orders-pg', namespace: NAMESPACE },
  spec: { terminationPolicy: 'Delete', componentSpecs: [{ name: 'postgresql', replicas: 2, volumeClaimTemplates: [{ name: 'data', spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } }] }] },
});
const annotations = { 'kubeblocks.io/cluster-snapshot': snapshot };
const LOG = '9f1c-orders-pg-archive-wal';
const ITEMS = [aBackup('full', '09:12:44', { metadata: { annotations } }), aLog('09:00:00', '12:00:00', { metadata: { annotations } }), aCluster(), aRepo(), ...postgresActionSets()];
const TO = ['--to', 'orders-pg-r1'];

describe('kubeblocks-backup plan restore, from a dump', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'kubeblocks-plan-'))));
  after(() => rmSync(folder, { recursive: true }));

  const dump = (items: readonly unknown[] = ITEMS, write: (value: unknown) => string = stringify): string => {
    const file = join(folder, 'dump');
    writeFileSync(file, write({ apiVersion: 'v1', kind: 'List', items }));
    return file;
  };
  const plan = (...args: readonly string[]): Promise<Outcome> => run('plan', 'restore', '--from', dump(), '--now', '2026-11-23T12:10:04Z', '--kubeblocks', '1.0', ...args);

  it('says to people what is read, created and left out', async () => {
    const { code, out } = await plan('--backup', 'full', ...TO);
    assert.equal(code, 0);
    assert.match(out, /^Restore orders-pg from full as orders-pg-r1\n\ncan be restored · /);
    for (const line of ['full backup full, 15.2 GiB, ended 2026-11-23 09:12:44 UTC', 'postgresql ×2, data 20 GiB ×2 on fast, with the data of the backup', 'Storage classes are not known: the dump has none.']) {
      assert.ok(out.includes(line), `${line} in\n${out}`);
    }
  });

  it('says to programs what it found, with a hash that stays', async () => {
    const args = ['--backup', LOG, '--time', '2026-11-23T12:58:00+01:00', ...TO, '-o', 'json'];
    const [first, second, other] = [await plan(...args), await plan(...args), await plan(...args, '--to', 'another')];
    const report = JSON.parse(first.out) as Report;
    assert.deepEqual([first.code, report.possible, report.findings], [0, true, []]);
    assert.deepEqual(report.reads.sources.map(({ backup, role }) => `${role} ${backup}`), [`full ${NAMESPACE}/full`, `log ${NAMESPACE}/${LOG}`]);
    assert.equal((report.manifests[0]?.['spec'] as { restore: { restorePointInTime: string } }).restore.restorePointInTime, '2026-11-23T11:58:00Z');
    assert.equal((JSON.parse(second.out) as Report).hash, report.hash);
    assert.notEqual((JSON.parse(other.out) as Report).hash, report.hash);
  });

  it('writes manifests that are what they would be in the editor, and says findings beside', async () => {
    const { code, out, err } = await plan('--backup', 'full', '--to', 'orders-pg', '-o', 'yaml');
    assert.equal(code, 1);
    assert.equal((parse(out) as AnyObject).kind, 'OpsRequest');
    assert.match(err, /^error: A cluster named orders-pg exists in payments\..*\(KB-T006\)\n$/);
  });

  it('writes a runbook with the commands, in which no name acts as Markdown', async () => {
    const { out } = await plan('--backup', 'full', ...TO, '-o', 'md', '--env', 'K=<b>&![x](y)');
    assert.match(out, /^# Restore orders\\-pg from full as orders\\-pg\\-r1\n/);
    assert.match(out, /kubectl create -f - <<'EOF'\napiVersion: operations/);
    assert.match(out, /kubectl -n payments get restores\.dataprotection\.kubeblocks\.io -l app\.kubernetes\.io\/instance=orders-pg-r1/);
    assert.doesNotMatch(out.replace(/```text[\s\S]*?```/g, ''), /<b>|!\[x\]/);
  });

  it('proposes kbcli where that can say the same', async () => {
    const { out } = await plan('--backup', LOG, '--time', '2026-11-23T11:58:00Z', ...TO, '-o', 'md');
    assert.match(out, /kbcli cluster restore orders-pg-r1 --namespace payments --backup \S+ --restore-to-time 2026-11-23T11:58:00Z\n/);
    assert.doesNotMatch((await plan('--backup', 'full', ...TO, '--to-namespace', 'other', '-o', 'md')).out, /kbcli cluster restore/);
  });

  it('writes the Cluster itself in the way of the line, changed as asked', async () => {
    const changes = ['--way', 'cluster', '--set', 'postgresql.replicas=1', '--set', 'postgresql.storageClass=slow', '-o', 'yaml'];
    const old = parse((await plan('--backup', 'full', ...TO, ...changes)).out) as AnyObject;
    assert.match(old.metadata.annotations?.['kubeblocks.io/restore-from-backup'] ?? '', /"name":"full"/);
    const now = parse((await plan('--backup', 'full', ...TO, ...changes, '--kubeblocks', '1.2')).out) as AnyObject;
    const { restore, componentSpecs } = now['spec'] as { restore: { source: { name: string } }; componentSpecs: { replicas: number }[] };
    assert.deepEqual([restore.source.name, componentSpecs[0]?.replicas], ['full', 1]);
  });

  it('forbids what the window cannot reach, by the same rule as for a manifest', async () => {
    const { code, out } = await plan('--backup', LOG, '--time', '2026-11-23T09:05:00Z', ...TO, '-o', 'json');
    assert.equal(code, 1);
    assert.deepEqual((JSON.parse(out) as Report).findings.map(({ rule, severity }) => [rule, severity]), [['KB-T004', 'error']]);
  });

  it('says once that a log is restored to an instant', async () => {
    const { code, out } = await plan('--backup', LOG, ...TO, '-o', 'json');
    assert.equal(code, 1);
    assert.deepEqual((JSON.parse(out) as Report).findings.map(({ rule }) => rule), ['KB-T005']);
  });

  it('warns on 1.2 of a restore into another namespace, which may run empty', async () => {
    const { code, out } = await plan('--backup', 'full', ...TO, '--way', 'cluster', '--to-namespace', 'other', '--kubeblocks', '1.2', '-o', 'json');
    assert.equal(code, 0);
    const [found] = (JSON.parse(out) as Report).findings;
    assert.deepEqual([found?.rule, found?.severity], ['KB-T007', 'warning']);
    assert.match(found?.message ?? '', /the cluster starts empty/);
  });

  it('says that a line is assumed where nobody said which', async () => {
    const { out } = await run('plan', 'restore', '--from', dump(), '--backup', 'full', ...TO);
    assert.match(out, /Note: A dump does not say which KubeBlocks it is of: 1\.0 is assumed\. Say so with --kubeblocks\. \(restore\/assumed\)/);
  });

  it('judges what around it is in the dump, and from JSON', async () => {
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'team', namespace: NAMESPACE }, status: { hard: { 'requests.storage': '30Gi' }, used: {} } };
    const file = dump([...ITEMS, quota], JSON.stringify);
    const { code, out } = await run('plan', 'restore', '--from', file, '--backup', 'full', ...TO, '--kubeblocks', '1.0', '-o', 'json');
    assert.deepEqual([code, (JSON.parse(out) as Report).findings.map(({ rule }) => rule)], [1, ['restore/quota']]);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['nothing to plan', ['plan'], /^Only a restore can be planned/],
    ['no backup', ['plan', 'restore', ...TO], /^--backup: give the backup to restore\./],
    ['no name', ['plan', 'restore', '--backup', 'b'], /^--to: give a name for the new cluster\./],
    ['a time that is none', ['plan', 'restore', '--backup', 'b', ...TO, '--time', '11:58'], /^--time: "11:58" is no time\./],
    ['a change of nothing', ['plan', 'restore', '--backup', 'b', ...TO, '--set', 'replicas=1'], /^--set: "replicas=1" is not COMPONENT\.FIELD=VALUE/],
    ['a parameter without a value', ['plan', 'restore', '--backup', 'b', ...TO, '--parameter', 'p'], /^--parameter: "p" is not NAME=VALUE/],
    ['a form there is not', ['plan', 'restore', '--backup', 'b', ...TO, '-o', 'xml'], /^--output: "xml" is not one of text, json, yaml, md\./],
    ['a line of a cluster', ['plan', 'restore', '--backup', 'b', ...TO, '--kubeblocks', '1.0'], /^--kubeblocks: a cluster says itself/],
    ['a dump and a context', ['plan', 'restore', '--backup', 'b', ...TO, '--from', '-', '--context', 'c'], /^--from: a dump is read without/],
    ['a file that is not there', ['plan', 'restore', '--backup', 'b', ...TO, '--from', '/nowhere/dump'], /\/nowhere\/dump cannot be read/],
    ['a kubeconfig that is not there', ['plan', 'restore', '--backup', 'b', ...TO, '--kubeconfig', '/nowhere/kubeconfig'], /./],
  ];
  for (const [what, args, message] of wrong) {
    it(`ends with 2 and says what is wrong with ${what}`, async () => {
      const { code, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, message);
    });
  }

  it('ends with 2 where the dump has no such backup, or two', async () => {
    const none = await plan('--backup', 'gone', ...TO);
    assert.deepEqual([none.code, /There is no backup gone in /.test(none.err)], [2, true]);
    const elsewhere = { ...aBackup('full'), metadata: { ...aBackup('full').metadata, namespace: 'other' } };
    const two = await run('plan', 'restore', '--from', dump([...ITEMS, elsewhere]), '--backup', 'full', ...TO);
    assert.deepEqual([two.code, two.err], [2, 'There is a backup full in other, payments. Give one with --namespace.\n']);
  });
});

describe('kubeblocks-backup plan restore --only', () => {
  it('writes the component that gets data alone, and is forbidden by an OpsRequest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubeblocks-plan-'));
    try {
      const two = { metadata: { name: 'orders-pg', namespace: NAMESPACE }, spec: { clusterDef: 'shop', topology: 'all', componentSpecs: [{ name: 'postgresql', componentDef: 'postgresql-16', replicas: 1 }, { name: 'cache', replicas: 1 }] } };
      const file = join(folder, 'dump');
      writeFileSync(file, stringify({ apiVersion: 'v1', kind: 'List', items: [aBackup('full', '09:12:44', { metadata: { annotations: { 'kubeblocks.io/cluster-snapshot': JSON.stringify(two) } } }), aRepo()] }));
      const only = (...args: readonly string[]): Promise<Outcome> => run('plan', 'restore', '--from', file, '--kubeblocks', '1.0', '--backup', 'full', '--to', 'alone', '--only', ...args);
      const { out } = await only('--way', 'cluster', '-o', 'yaml');
      assert.deepEqual([out.includes('name: postgresql'), /name: cache|clusterDef|topology/.test(out)], [true, false]);
      const forbidden = await only();
      assert.deepEqual([forbidden.code, forbidden.out.includes('An OpsRequest makes all components')], [1, true]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('kubeblocks-backup plan volumes, from a dump', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'kubeblocks-plan-'))));
  after(() => rmSync(folder, { recursive: true }));

  const claim = (name: string): AnyObject => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: NAMESPACE }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } });
  const pod: AnyObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'orders-pg-postgresql-0', namespace: NAMESPACE, labels: { 'app.kubernetes.io/instance': 'orders-pg' } }, spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }] } };
  const full = aBackup('full', '09:12:44', { metadata: { annotations } });
  const method = { name: 'pg-basebackup', actionSetName: 'postgresql-basebackup', targetVolumes: { volumeMounts: [{ name: 'data', mountPath: '/pgdata' }] } };
  const target = { podSelector: { strategy: 'Any', matchLabels: { 'app.kubernetes.io/instance': 'orders-pg' } }, connectionCredential: { secretName: 'orders-pg-postgresql-account-postgres' } };
  const held = { ...full, status: { ...full.status, backupMethod: method, target } };
  const actionSet: AnyObject = { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'ActionSet', metadata: { name: 'postgresql-basebackup' }, spec: { backupType: 'Full', restore: { prepareData: { image: 'x', command: ['x'] }, postReady: [{ exec: { command: ['x'] } }] } } };
  const items = [held, actionSet, aRepo(), claim('rescued'), claim('data-0'), pod];
  const plan = (all: readonly unknown[], ...args: readonly string[]): Promise<Outcome> => {
    const file = join(folder, 'dump');
    writeFileSync(file, stringify({ apiVersion: 'v1', kind: 'List', items: all }));
    return run('plan', 'volumes', '--from', file, '--now', '2026-11-23T12:10:04Z', '--kubeblocks', '1.0', '--backup', 'full', ...args);
  };

  it('writes a Restore into a claim as it is, and says what is overwritten', async () => {
    const { code, out, err } = await plan(items, '--claim', 'data=rescued', '-o', 'yaml');
    assert.deepEqual([code, err], [0, 'warning: What claim rescued holds is overwritten by the backup’s volume data. (restore/volumes)\n']);
    const { kind, metadata, spec } = parse(out) as AnyObject & { readonly spec: object };
    assert.deepEqual({ kind, metadata, spec }, {
      kind: 'Restore',
      metadata: { name: 'full-volumes', namespace: NAMESPACE },
      spec: {
        backup: { name: 'full', namespace: NAMESPACE },
        prepareDataConfig: { volumeClaimRestorePolicy: 'Parallel', volumeClaims: [{ metadata: { name: 'rescued' }, volumeSource: 'data', volumeClaimSpec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } }] },
      },
    });
  });

  it('writes one of the steps after the start, for the pods and the account of another cluster', async () => {
    const other = { ...pod, metadata: { ...pod.metadata, labels: { 'app.kubernetes.io/instance': 'orders-2' } } };
    const { code, out } = await plan([...items, other], '--into', 'orders-2', '--name', 'again', '-o', 'json');
    const { manifests, findings } = JSON.parse(out) as Report;
    assert.deepEqual([code, findings.map(({ severity }) => severity)], [0, ['warning']]);
    assert.match(JSON.stringify(manifests[0]), /"secretName":"orders-2-postgresql-account-postgres".*"app.kubernetes.io\/instance":"orders-2"/);
  });

  const forbidden: readonly (readonly [what: string, args: readonly string[], words: RegExp])[] = [
    ['a claim in use', ['--claim', 'data=data-0'], /Claim data-0 is in use by orders-pg-postgresql-0/],
    ['a claim that is not there', ['--claim', 'data=gone'], /There is no claim gone in payments/],
    ['a volume that is not there', ['--claim', 'log=rescued'], /The backup holds no volume log; it has data/],
    ['a cluster without such a pod', ['--into', 'nowhere'], /Cluster nowhere has no pod like the one that was backed up/],
    ['a name that is none', ['--claim', 'data=rescued', '--name', 'A'], /"A"/],
    ['another target', ['--claim', 'data=rescued', '--source-target', 'x'], /The backup is of one target/],
  ];
  for (const [what, args, words] of forbidden) {
    it(`ends with 1 for ${what}`, async () => {
      const { code, out } = await plan(items, ...args);
      assert.equal(code, 1, out);
      assert.match(out, words);
    });
  }

  it('takes of a backup of all pods the copy of the one that is named, else of the first', async () => {
    const ofAll = { ...held, status: { ...held.status, target: { ...target, podSelector: { ...target.podSelector, strategy: 'All' }, selectedTargetPods: ['a-0', 'a-1'] } } };
    for (const [args, pod, code] of [[[], 'a-0', 0], [['--source-pod', 'a-1'], 'a-1', 0], [['--source-pod', 'b'], 'b', 1]] as const) {
      const outcome = await plan([ofAll, ...items.slice(1)], '--claim', 'data=rescued', ...args, '-o', 'json');
      assert.deepEqual([outcome.code, outcome.out.includes(`"targetPodName": "${pod}"`)], [code, true]);
    }
  });

  it('writes a plan with its hash, and a runbook with the commands, and takes what the jobs are told', async () => {
    const text = await plan(items, '--claim', 'data=rescued');
    assert.match(text.out, /^Restore volumes from full into rescued\n[\s\S]*\n {2}Hash +[0-9a-f]{64}\n/);
    const book = await plan(items, '--claim', 'data=rescued', '--env', 'A=1', '--volume-restore-policy', 'Serial', '-o', 'md');
    assert.match(book.out, /volumeClaimRestorePolicy: Serial[\s\S]*## Run it[\s\S]*kubectl create -f -[\s\S]*## See that it worked/);
    assert.match(book.out, /- name: A\n +value: "?1"?\n/);
  });

  it('ends with 2 without claims or a cluster, and with both', async () => {
    assert.equal((await plan(items)).code, 2);
    assert.equal((await plan(items, '--claim', 'data=rescued', '--into', 'x')).code, 2);
  });

  it('says so where claims and pods are not in the dump', async () => {
    const { code, out } = await plan(items.slice(0, 3), '--claim', 'data=rescued');
    assert.equal(code, 0);
    assert.match(out, /Which claims there are in payments is not known/);
  });
});

describe('kubeblocks-backup plan restore, of a cluster', function () {
  this.timeout(60_000);
  const ROOT = join(__dirname, '..', '..', '..', '..');
  let playground: Playground;
  let folder: string;
  let kubeconfig: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-plan-'));
    kubeconfig = join(folder, 'kubeconfig');
    playground = await createPlayground({ line: '1.0', schemasFolder: join(ROOT, 'schemas'), dataFolder: join(ROOT, 'src', 'playground'), speed: 1 });
    writeFileSync(kubeconfig, playground.kubeconfig);
  });
  after(async () => {
    await playground.close();
    rmSync(folder, { recursive: true });
  });

  const plan = (...args: readonly string[]): Promise<Outcome> => run('plan', 'restore', '--kubeconfig', kubeconfig, '-n', 'playground', ...args);

  it('finds nothing against a restore that the server takes as it is written', async () => {
    const { code, out, err } = await plan('--backup', 'orders-weekly-2026-11-26', '--to', 'orders-r1', '-o', 'yaml');
    assert.equal(code, 0, err);
    const opened = session(playground);
    try {
      const written = await opened.api.create(KINDS.opsRequest, parse(out) as AnyObject, { dryRun: true });
      assert.deepEqual(written.warnings, []);
    } finally {
      opened.dispose();
    }
  });

  it('looks at storage classes, definitions and rights', async () => {
    const { out } = await plan('--backup', 'orders-weekly-2026-11-26', '--to', 'orders-r1');
    for (const line of ['Storage class playground-ssd exists.', 'Component definition postgresql-16-1.0.2 of postgresql is installed.', 'You may create opsrequests in playground.']) {
      assert.ok(out.includes(line), `${line} in\n${out}`);
    }
  });

  it('ends with 2 where there is no such backup', async () => {
    const { code, err } = await plan('--backup', 'gone', '--to', 'orders-r1');
    assert.deepEqual([code, err], [2, 'Backup gone could not be read: Backup gone does not exist (any more).\n']);
  });
});

function session({ kubeconfig }: Playground) {
  return connect(readKubeconfigText(kubeconfig), 'kubeblocks-playground', { logger: new RecordingLogger(), clock: systemClock });
}
