import assert from 'node:assert/strict';
import type { PlaygroundCluster, PlaygroundComponent } from '../../../../src/playground/controllers/clusterShapes';
import { listIn, restoreAnnotationError, restoreEntries, withoutEntry } from '../../../../src/playground/controllers/componentRestoreEntry';
import type { Secret } from '../../../../src/playground/workloads/workload';
import { RESOURCES } from '../../../../src/playground/resources';
import { addBackup, addCluster, addRepository, clusterYaml, createClusterStage, MYSQL, type ClusterStage } from '../../../support/clusterStage';

const ANNOTATION = 'kubeblocks.io/restore-from-backup';

function annotated(annotation: unknown): string {
  const text = JSON.stringify(annotation).replaceAll("'", "''");
  return clusterYaml('copy', MYSQL).replace('metadata: {name: copy}', `metadata:\n  name: copy\n  annotations: {${ANNOTATION}: '${text}'}`);
}

function stageWithBackup(): ClusterStage {
  const stage = createClusterStage();
  addRepository(stage);
  addCluster(stage, clusterYaml('db', MYSQL));
  addBackup(stage, 'full', 'db-mysql-backup-policy', 'xtrabackup');
  return stage;
}

function passwordOf(stage: ClusterStage, cluster: string): string {
  const { data } = stage.get<Secret>(RESOURCES.secret, `${cluster}-mysql-account-root`)!;
  return Buffer.from(data!.password!, 'base64').toString();
}

const entry = { name: 'full', namespace: 'playground' };

describe('restore by annotation', function () {
  this.timeout(20_000);
  it('fills the volumes before the pods start and takes its entry out at the end', () => {
    const stage = stageWithBackup();
    addCluster(stage, annotated({ mysql: entry }));
    stage.clock.advance(30_000);
    assert.equal(stage.get(RESOURCES.cluster, 'copy')?.metadata.annotations?.[ANNOTATION], undefined);
    const order = stage.changes.filter(({ type, object }) => type === 'ADDED' && object.metadata.name.includes('copy-mysql')).map(({ object }) => object.kind);
    assert.ok(order.indexOf('Restore') < order.indexOf('Pod'));
  });

  it('with Serial fills one volume after the other', () => {
    const stage = stageWithBackup();
    addCluster(stage, annotated({ mysql: { ...entry, volumeRestorePolicy: 'Serial' } }));
    const uid8 = stage.get(RESOURCES.cluster, 'copy')!.metadata.uid!.slice(0, 8);
    const { spec } = stage.get(RESOURCES.restore, `copy-mysql-${uid8}-preparedata`)!;
    assert.equal((spec as { prepareDataConfig: { volumeClaimRestorePolicy: string } }).prepareDataConfig.volumeClaimRestorePolicy, 'Serial');
  });

  it('keeps the passwords of the cluster that was backed up', () => {
    const stage = stageWithBackup();
    const annotation = stage.get(RESOURCES.backup, 'full')!.metadata.annotations!['kubeblocks.io/encrypted-system-accounts']!;
    const password = passwordOf(stage, 'db');
    assert.deepEqual(Object.keys((JSON.parse(annotation) as { mysql: object }).mysql), ['root']);
    assert.ok(!annotation.includes(password), 'nobody can read it');
    addCluster(stage, annotated({ mysql: entry }));
    assert.equal(passwordOf(stage, 'copy'), password);
  });

  it('makes new passwords where the backup carries none', () => {
    const stage = stageWithBackup();
    const backup = stage.get(RESOURCES.backup, 'full')!;
    stage.store.update(RESOURCES.backup, { ...backup, metadata: { ...backup.metadata, annotations: {} } });
    addCluster(stage, annotated({ mysql: entry }));
    assert.match(passwordOf(stage, 'copy'), /^.{10,}$/);
    assert.notEqual(passwordOf(stage, 'copy'), passwordOf(stage, 'db'));
  });

  for (const [what, annotations, error] of [
    ['of another installation', { mysql: { root: Buffer.alloc(48).toString('base64') } }, 'cipher: message authentication failed'],
    ['that is too short', { mysql: { root: 'YQ==' } }, 'cipher: message authentication failed'],
  ] as const) {
    it(`does not get past a password ${what}`, () => {
      const stage = stageWithBackup();
      const backup = stage.get(RESOURCES.backup, 'full')!;
      const changed = { ...backup.metadata.annotations, 'kubeblocks.io/encrypted-system-accounts': JSON.stringify(annotations) };
      stage.store.update(RESOURCES.backup, { ...backup, metadata: { ...backup.metadata, annotations: changed } });
      stage.create(annotated({ mysql: entry }));
      stage.clock.advance(60_000);
      assert.equal(stage.phase(RESOURCES.cluster, 'copy'), 'Creating');
      const event = `Warning: failed to restore password for system account root of component mysql from annotation, err: ${error}`;
      assert.ok(stage.events('Component', 'copy-mysql').includes(event), stage.events('Component', 'copy-mysql').join('\n'));
    });
  }

  it('comes up empty, without a word, for a component that is not there', () => {
    const stage = stageWithBackup();
    addCluster(stage, annotated({ other: entry }));
    stage.clock.advance(60_000);
    assert.ok(ANNOTATION in (stage.get(RESOURCES.cluster, 'copy')?.metadata.annotations ?? {}), 'the annotation stays');
    assert.equal(stage.store.list(RESOURCES.restore, { namespace: 'playground' }).length, 0);
    assert.ok(!stage.events('Component', 'copy-mysql').some((event) => event.includes('estore')));
  });

  const stuck: readonly { readonly name: string; readonly annotation: object; readonly event: string }[] = [
    {
      name: 'without a namespace',
      annotation: { mysql: { name: 'full' } },
      event:
        'Warning: failed to restore password for system account root of component mysql from annotation, err: backup namespace not found in restore annotation',
    },
    {
      name: 'for a backup that is not there',
      annotation: { mysql: { name: 'nope', namespace: 'playground' } },
      event:
        'Warning: failed to restore password for system account root of component mysql from annotation, err: Backup.dataprotection.kubeblocks.io "nope" not found',
    },
    {
      name: 'for a backup that never began',
      annotation: { mysql: { name: 'broken', namespace: 'playground' } },
      event: 'RestoreFailed: status.backupMethod of backup "broken" can not be empty',
    },
  ];
  for (const { name, annotation, event } of stuck) {
    it(`stays Creating for ever ${name}; only the component tells why`, () => {
      const stage = stageWithBackup();
      stage.create(`
apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: Backup
metadata: {name: broken}
spec: {backupPolicyName: nosuchpolicy, backupMethod: xtrabackup}
`);
      stage.clock.advance(1000);
      stage.create(annotated(annotation));
      stage.clock.advance(300_000);
      assert.equal(stage.phase(RESOURCES.cluster, 'copy'), 'Creating');
      assert.equal(stage.get<PlaygroundComponent>(RESOURCES.component, 'copy-mysql')?.status?.phase, undefined);
      assert.ok(stage.events('Component', 'copy-mysql').includes(event), stage.events('Component', 'copy-mysql').join('\n'));
      assert.ok(!stage.events('Cluster', 'copy').some((text) => text.includes('fail')));
    });
  }

  it('a failed restore leaves good conditions and a cluster that is Creating', () => {
    const stage = stageWithBackup();
    stage.faults.turnOn('restore-job-fails');
    stage.create(annotated({ mysql: entry }));
    stage.clock.advance(600_000);
    const { phase, conditions } = stage.get<PlaygroundCluster>(RESOURCES.cluster, 'copy')!.status!;
    assert.equal(phase, 'Creating');
    assert.ok(conditions?.every(({ status }) => status === 'True'));
    const uid8 = stage.get(RESOURCES.cluster, 'copy')!.metadata.uid!.slice(0, 8);
    const name = `copy-mysql-${uid8}-preparedata`;
    assert.equal(stage.phase(RESOURCES.restore, name), 'Failed');
    assert.ok(
      stage.events('Component', 'copy-mysql').includes(`RestoreFailed: restore "${name}" status is Failed, you can describe it and re-restore the cluster.`),
    );
  });

  it('an annotation with a boolean leaves the cluster without a phase', () => {
    const stage = stageWithBackup();
    stage.create(annotated({ mysql: { ...entry, doReadyRestoreAfterClusterRunning: true } }));
    stage.clock.advance(60_000);
    const { phase, conditions } = stage.get<PlaygroundCluster>(RESOURCES.cluster, 'copy')!.status!;
    assert.equal(phase, undefined);
    assert.equal(conditions?.find(({ type }) => type === 'ApplyResources')?.message, 'json: cannot unmarshal bool into Go value of type string');
  });
});

describe('restoreAnnotationError', () => {
  const cases: readonly { readonly text: string | undefined; readonly error: string | undefined }[] = [
    { text: undefined, error: undefined },
    { text: '{"mysql":{"name":"b"}}', error: undefined },
    { text: '{"mysql":{"name":1}}', error: 'json: cannot unmarshal number into Go value of type string' },
    { text: '{"mysql":"b"}', error: 'json: cannot unmarshal string into Go value of type map[string]string' },
    { text: '[]', error: 'json: cannot unmarshal array into Go value of type map[string]map[string]string' },
    { text: 'x', error: 'invalid character in restore annotation: it is not JSON' },
  ];
  for (const { text, error } of cases) {
    it(`judges ${text ?? 'no annotation'}`, () => assert.equal(restoreAnnotationError(text), error));
  }

  it('gives no entries of what cannot be read', () => assert.deepEqual(restoreEntries('{"a":1}'), {}));
  it('takes one entry out and leaves the others', () => assert.equal(withoutEntry('{"a":{"name":"x"},"b":{"name":"y"}}', 'a'), '{"b":{"name":"y"}}'));
  it('leaves nothing when the last entry goes', () => assert.equal(withoutEntry('{"a":{"name":"x"}}', 'a'), undefined));
  it('reads lists inside the entry, and nothing of what is none', () => {
    assert.deepEqual(listIn('[{"name":"a","value":"b"}]'), [{ name: 'a', value: 'b' }]);
    assert.equal(listIn('{'), undefined);
    assert.equal(listIn('{}'), undefined);
  });
});
