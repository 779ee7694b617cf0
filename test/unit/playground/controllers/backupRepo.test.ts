import assert from 'node:assert/strict';
import type { BackupRepo, Condition } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { addCluster, addRepo, backupRepo, phaseOf, storageProvider, takeBackup } from '../../../support/dataProtectionSamples';
import { createStage, history, START, type Stage } from '../../../support/playgroundWorld';

const get = (stage: Stage, name = 's3-repo') => stage.get<BackupRepo>(RESOURCES.backupRepo, name)!;
const conditionOf = (stage: Stage, name: string, type: string) => get(stage, name).status?.conditions?.find((one) => one.type === type);
const brief = ({ type, status, reason }: Condition) => `${type} ${status} ${reason ?? ''}`;

describe('a storage provider', () => {
  it('is Ready without a CSI driver, and NotReady until the one it names is there', () => {
    const stage = createStage();
    stage.apply(RESOURCES.storageProvider, storageProvider('pvc', { csiDriverName: '' }));
    stage.apply(RESOURCES.storageProvider, storageProvider('s3'));
    stage.clock.advance(100);
    assert.equal(phaseOf(stage, 'storageProvider', 'pvc'), 'Ready');
    const { status } = stage.get<BackupRepo>(RESOURCES.storageProvider, 's3')!;
    assert.equal(status?.phase, 'NotReady');
    assert.equal(brief(status.conditions![0]!), 'CSIDriverInstalled Unknown CheckCSIDriverFailed');
    assert.equal(status.conditions![0]!.message, 'CSIDriver.storage.k8s.io "ru.yandex.s3.csi" not found');
    stage.apply(RESOURCES.csiDriver, { metadata: { name: 'ru.yandex.s3.csi' } });
    stage.clock.advance(100);
    assert.equal(phaseOf(stage, 'storageProvider', 's3'), 'Ready');
  });
});

describe('a backup repository', () => {
  it('gets its conditions one by one, is pre-checked, then Ready', () => {
    const stage = createStage();
    addRepo(stage);
    stage.clock.advance(1000);
    const seen = history(stage, RESOURCES.backupRepo, 's3-repo', (object) => {
      const { status } = object as BackupRepo;
      return [status?.phase ?? '', ...(status?.conditions ?? []).map(brief)].join(', ');
    });
    const provider = 'StorageProviderReady True StorageProviderReady';
    const parameters = `${provider}, ParametersChecked True ParametersChecked`;
    const storageClass = `${parameters}, StorageClassCreated True StorageClassCreated`;
    const basic = `${storageClass}, PVCTemplateChecked True Skipped`;
    assert.deepEqual(seen, [
      '',
      `, ${provider}`,
      `, ${parameters}`,
      `, ${storageClass}`,
      `, ${basic}`,
      `, ${basic}, PreCheckPassed Unknown DigestChanged`,
      `, ${basic}, PreCheckPassed Unknown UnknownError`,
      `PreChecking, ${basic}, PreCheckPassed Unknown UnknownError`,
      `PreChecking, ${basic}, PreCheckPassed True PreCheckPassed`,
      `Ready, ${basic}, PreCheckPassed True PreCheckPassed`,
    ]);
    const { spec, status, metadata } = get(stage);
    const derived = status as unknown as Record<string, string>;
    assert.equal(spec?.volumeCapacity, '0');
    assert.equal(status?.isDefault, true);
    assert.match(derived.backupPVCName!, /^pvc-s3-repo-[a-z0-9]{6}$/);
    assert.match(derived.toolConfigSecretName!, /^tool-config-s3-repo-[a-z0-9]{6}$/);
    assert.match(derived.generatedStorageClassName!, /^sc-s3-repo-[a-z0-9]{6}$/);
    assert.equal(metadata.annotations?.['dataprotection.kubeblocks.io/need-update-tool-config'], 'false');
    assert.match(metadata.annotations['dataprotection.kubeblocks.io/backup-repo-digest']!, /^[0-9a-f]{32}$/);
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
  });

  it('says that it waits for the pre-check job', () => {
    const stage = createStage();
    addRepo(stage);
    const messages = history(stage, RESOURCES.backupRepo, 's3-repo', (object) =>
      (object as BackupRepo).status?.conditions?.find(({ reason }) => reason === 'UnknownError')?.message,
    );
    assert.ok(messages.includes('requeue after: 1m0s as: wait job to finish'));
  });

  it('has no isDefault without the annotation', () => {
    const stage = createStage();
    addRepo(stage);
    stage.apply(RESOURCES.backupRepo, backupRepo('other', { isDefault: false }));
    stage.clock.advance(10_000);
    assert.equal(get(stage, 'other').status?.isDefault, undefined);
    assert.equal(get(stage, 'other').status?.phase, 'Ready');
  });

  const refused: readonly [string, object, string, string][] = [
    ['noprov', { storageProviderRef: 'nosuch' }, 'StorageProviderReady False StorageProviderNotFound', 'StorageProvider.dataprotection.kubeblocks.io "nosuch" not found'],
    ['nosecret', { credential: { name: 'nosuch', namespace: 'kb-system' } }, 'ParametersChecked False CredentialSecretNotFound', 'failed to get secret: secrets "nosuch" not found'],
    ['mount-nocsi', { accessMethod: 'Mount' }, 'StorageProviderReady False StorageProviderNotReady', 'CSI driver is not installed'],
    ['badmethod', { storageProviderRef: 'nfs' }, 'StorageProviderReady False InvalidStorageProvider', 'DatasafedConfigTemplate is empty'],
  ];
  for (const [name, spec, condition, message] of refused) {
    it(`${name} is Failed: ${message}`, () => {
      const stage = createStage();
      addRepo(stage);
      stage.apply(RESOURCES.storageProvider, storageProvider('nfs', { datasafedConfigTemplate: '' }));
      stage.apply(RESOURCES.backupRepo, backupRepo(name, { spec, isDefault: false }));
      stage.clock.advance(5000);
      const last = get(stage, name).status!.conditions!.at(-1)!;
      assert.equal(get(stage, name).status?.phase, 'Failed');
      assert.equal(brief(last), condition);
      assert.equal(last.message, message);
    });
  }

  it('becomes Ready when the missing Secret comes', () => {
    const stage = createStage();
    addRepo(stage);
    stage.apply(RESOURCES.backupRepo, backupRepo('late', { spec: { credential: { name: 'late-cred', namespace: 'kb-system' } }, isDefault: false }));
    stage.clock.advance(5000);
    stage.apply(RESOURCES.secret, { metadata: { name: 'late-cred', namespace: 'kb-system' }, data: {} });
    stage.until('Ready', () => phaseOf(stage, 'backupRepo', 'late') === 'Ready', 10_000);
  });

  it('fails its pre-check after three tries in about 33 seconds, with log and events', () => {
    const stage = createStage();
    stage.faults.turnOn('repo-precheck-fails', { target: 'fail-repo', detail: 'error: dial tcp 10.1.1.1:443: i/o timeout' });
    addRepo(stage);
    const began = stage.clock.now();
    stage.apply(RESOURCES.backupRepo, backupRepo('fail-repo', { isDefault: false }));
    stage.until('Failed', () => phaseOf(stage, 'backupRepo', 'fail-repo') === 'Failed');
    const took = stage.clock.now() - began;
    assert.ok(took > 30_000 && took < 40_000, `${took} ms`);
    const { reason, message = '' } = conditionOf(stage, 'fail-repo', 'PreCheckPassed')!;
    assert.equal(reason, 'PreCheckFailed');
    assert.ok(
      message.startsWith(
        'Pre-check job failed, information collected for diagnosis.\n\n' +
          'Job failure message: BackoffLimitExceeded:Job has reached the specified backoff limit\n\n' +
          'Logs from the pre-check job:\n  error: dial tcp 10.1.1.1:443: i/o timeout\n\n' +
          'Events from Pod/kb-system/pre-check-',
      ),
      message,
    );
    assert.match(message, /\n {2}Warning\tBackoffLimitExceeded\t\d+s\tjob-controller\tJob has reached the specified backoff limit\n/);
    assert.deepEqual(stage.world.store.list(RESOURCES.job), []);
  });

  it('is pre-checked again when its credential changes', () => {
    const stage = createStage();
    addRepo(stage);
    const before = get(stage).metadata.annotations!['dataprotection.kubeblocks.io/backup-repo-digest'];
    const secret = stage.get(RESOURCES.secret, 'repo-cred', 'kb-system')!;
    stage.faults.turnOn('repo-precheck-fails');
    stage.world.store.update(RESOURCES.secret, { ...secret, data: { accessKeyId: 'Yg==' } });
    stage.clock.advance(1000);
    assert.equal(phaseOf(stage, 'backupRepo', 's3-repo'), 'PreChecking');
    assert.notEqual(get(stage).metadata.annotations!['dataprotection.kubeblocks.io/backup-repo-digest'], before);
    stage.until('Failed', () => phaseOf(stage, 'backupRepo', 's3-repo') === 'Failed');
  });

  it('stays while backups refer to it, and goes with the last', () => {
    const stage = createStage();
    addRepo(stage);
    addCluster(stage);
    takeBackup(stage, 'full-1');
    stage.delete(RESOURCES.backupRepo, 's3-repo');
    stage.clock.advance(5000);
    assert.equal(phaseOf(stage, 'backupRepo', 's3-repo'), 'Deleting');
    const blocked = conditionOf(stage, 's3-repo', 'DerivedObjectsDeleted')!;
    assert.equal(`${brief(blocked)}: ${blocked.message ?? ''}`, 'DerivedObjectsDeleted False HaveAssociatedBackups: some backups still refer to this repo');
    stage.delete(RESOURCES.backup, 'full-1');
    stage.until('repository gone', () => stage.get(RESOURCES.backupRepo, 's3-repo') === undefined);
    assert.deepEqual(stage.events('BackupRepo', 's3-repo'), ['DeletingCR Deleting backuprepo: s3-repo', 'DeletedCR Deleted backuprepo: s3-repo']);
    const labels = { 'dataprotection.kubeblocks.io/backup-repo-name': 's3-repo' };
    assert.deepEqual(stage.world.store.list(RESOURCES.storageClass, { labels }), []);
    assert.deepEqual(stage.world.store.list(RESOURCES.secret, { labels }), []);
  });

  it('mounted, gets a claim in the namespace that waits for it', () => {
    const stage = createStage({ start: START });
    stage.apply(RESOURCES.storageProvider, storageProvider('pvc', { csiDriverName: '', datasafedConfigTemplate: '', csiDriverSecretTemplate: undefined, storageClassTemplate: undefined, persistentVolumeClaimTemplate: 'spec: {}' }));
    stage.apply(RESOURCES.backupRepo, backupRepo('pvc-repo', { spec: { storageProviderRef: 'pvc', accessMethod: 'Mount', credential: undefined, volumeCapacity: '100Gi' } }));
    stage.until('Ready', () => phaseOf(stage, 'backupRepo', 'pvc-repo') === 'Ready');
    assert.equal(brief(conditionOf(stage, 'pvc-repo', 'PVCTemplateChecked')!), 'PVCTemplateChecked True PVCTemplateChecked');
    addCluster(stage);
    takeBackup(stage, 'full-1');
    const claim = (get(stage, 'pvc-repo').status as unknown as { backupPVCName: string }).backupPVCName;
    assert.equal(phaseOf(stage, 'backup', 'full-1'), 'Completed');
    assert.ok(stage.get(RESOURCES.persistentVolumeClaim, claim) !== undefined);
  });
});
