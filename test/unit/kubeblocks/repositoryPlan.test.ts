import assert from 'node:assert/strict';
import type { Cause } from '../../../src/kubeblocks/diagnosis';
import { diagnoseRepository } from '../../../src/kubeblocks/diagnosis';
import { NO_EVIDENCE } from '../../../src/kubeblocks/evidence';
import type { BackupRepo, StorageProvider } from '../../../src/kubeblocks/objects';
import { redact } from '../../../src/kubeblocks/redact';
import { suspectParameter } from '../../../src/kubeblocks/repositoryCure';
import { defaultRepositoryName, pathPrefixProblem, planRepository, usualSecretNamespace, type RepositoryPlan, type RepositoryRequest } from '../../../src/kubeblocks/repositoryPlan';
import { providerOption, providerOptions, repositoryParameters } from '../../../src/kubeblocks/storageProviderOptions';
import { anInventory, aRepo, aStorageProvider, aVolumeProvider } from '../../support/builders';

const PARAMETERS = { bucket: 'backups', endpoint: 'https://objects.example', accessKeyId: 'the-key', secretAccessKey: 'the-secret', region: '', noCheckBucket: 'true' };
const DEFAULT = { metadata: { annotations: { 'dataprotection.kubeblocks.io/is-default-repo': 'true' } } };

function plan(choice: Partial<RepositoryRequest> = {}, repos: readonly BackupRepo[] = []): RepositoryPlan {
  return planRepository(anInventory({ repos }), {
    name: 'store',
    provider: providerOption(aStorageProvider()),
    accessMethod: 'Tool',
    parameters: PARAMETERS,
    secretNamespace: 'kb-system',
    reclaimPolicy: 'Retain',
    isDefault: false,
    ...choice,
  });
}

const codes = ({ findings }: RepositoryPlan): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

describe('A new repository', () => {
  it('has its settings in the BackupRepo and its credentials in a Secret alone', () => {
    const { repo, secret, findings } = plan({ pathPrefix: 'team-a', isDefault: true });
    assert.deepEqual(repo, {
      apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
      kind: 'BackupRepo',
      metadata: { name: 'store', ...DEFAULT.metadata },
      spec: {
        storageProviderRef: 's3-compatible',
        accessMethod: 'Tool',
        pvReclaimPolicy: 'Retain',
        pathPrefix: 'team-a',
        config: { bucket: 'backups', endpoint: 'https://objects.example', noCheckBucket: 'true' },
        credential: { name: 'store-credentials', namespace: 'kb-system' },
      },
    });
    assert.deepEqual(secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'store-credentials', namespace: 'kb-system' },
      type: 'Opaque',
      stringData: { accessKeyId: 'the-key', secretAccessKey: 'the-secret' },
    });
    assert.deepEqual(findings, []);
    assert.doesNotMatch(JSON.stringify([repo, redact(secret)]), /the-key|the-secret/);
  });

  it('has no Secret where its provider needs none, and a capacity where it is mounted', () => {
    const { repo, secret, findings } = plan({ provider: providerOption(aVolumeProvider()), accessMethod: 'Mount', parameters: {}, capacity: '50Gi' });
    assert.deepEqual([secret, findings], [undefined, []]);
    assert.deepEqual(repo.spec, { storageProviderRef: 'pvc', accessMethod: 'Mount', pvReclaimPolicy: 'Retain', volumeCapacity: '50Gi' });
  });

  it('does not send what its provider does not declare', () => {
    assert.deepEqual(plan({ parameters: { ...PARAMETERS, container: 'left over' } }).repo.spec?.config, plan().repo.spec?.config);
  });

  it('keeps the Secret that the repository names when it is changed', () => {
    const existing = aRepo('store', 'Failed', { spec: { credential: { name: 'keys', namespace: 'elsewhere' } } });
    const { secret, findings } = plan({ existing }, [existing]);
    assert.deepEqual(secret?.metadata, { name: 'keys', namespace: 'elsewhere' });
    assert.deepEqual(findings, []);
  });

  const wrong: readonly (readonly [string, Partial<RepositoryRequest>, readonly BackupRepo[], string, RegExp])[] = [
    ['a name that is taken', { name: 's3-main' }, [aRepo('s3-main')], 'error name', /exists already/],
    ['a name that is none', { name: 'My Store' }, [], 'error name', /contains/],
    ['an access method that the provider cannot do', { provider: providerOption(aVolumeProvider()), parameters: {} }, [], 'error accessMethod', /cannot do access method Tool/],
    ['a mount whose driver is not installed', { accessMethod: 'Mount', capacity: '1Gi' }, [], 'error driver', /s3\.csi\.example is not installed/],
    ['a mount without a size', { provider: providerOption(aVolumeProvider()), parameters: {}, accessMethod: 'Mount' }, [], 'error capacity', /100Gi/],
    ['a size that is zero', { provider: providerOption(aVolumeProvider()), parameters: {}, accessMethod: 'Mount', capacity: '0' }, [], 'error capacity', /above zero/],
    ['a missing setting', { parameters: { ...PARAMETERS, bucket: '' } }, [], 'error parameter', /^Parameter bucket: bucket is needed\.$/],
    ['a missing credential', { parameters: { ...PARAMETERS, accessKeyId: '' } }, [], 'error parameter', /accessKeyId is needed/],
    ['a setting of the wrong type', { parameters: { ...PARAMETERS, noCheckBucket: 'maybe' } }, [], 'error parameter', /neither true nor false/],
    ['a prefix with a slash in front', { pathPrefix: '/team' }, [], 'error pathPrefix', /none in front/],
    ['a namespace that is none', { secretNamespace: 'KB System' }, [], 'error namespace', /contains/],
    ['a second default', { isDefault: true }, [aRepo('first', 'PreChecking', DEFAULT)], 'error secondDefault', /first is the default already.*multiple default BackupRepo found/],
    ['a folder in the bucket’s name', { parameters: { ...PARAMETERS, bucket: 'backups/team-a' } }, [], 'warning bucketPath', /path prefix/],
  ];
  for (const [what, choice, repos, code, message] of wrong) {
    it(`complains of ${what}`, () => {
      const planned = plan(choice, repos);
      assert.deepEqual(codes(planned), [code]);
      assert.match(planned.findings[0]?.message ?? '', message);
    });
  }

  it('takes a default beside one that is being deleted, and stays the default it is', () => {
    const going = aRepo('going', 'Deleting', { metadata: { ...DEFAULT.metadata, deletionTimestamp: '2026-11-23T12:00:00Z' } });
    assert.deepEqual(codes(plan({ isDefault: true }, [going])), []);
    const existing = aRepo('store', 'Failed', DEFAULT);
    assert.deepEqual(codes(plan({ isDefault: true, existing }, [existing])), []);
  });

  it('never repeats a credential in what it complains of', () => {
    const provider = aStorageProvider();
    const schema = { type: 'object', required: ['pin'], properties: { pin: { type: 'integer' } } };
    const asking: StorageProvider = { ...provider, spec: { datasafedConfigTemplate: true, parametersSchema: { openAPIV3Schema: schema, credentialFields: ['pin'] } } };
    const { findings } = plan({ provider: providerOption(asking), parameters: { pin: 'hunter2' } });
    assert.match(findings[0]?.message ?? '', /no value that pin may have/);
    assert.doesNotMatch(JSON.stringify(findings), /hunter2/);
  });

  it('judges a long prefix at once', () => {
    assert.notEqual(pathPrefixProblem(`${'a'.repeat(50_000)}!`), undefined);
    assert.equal(pathPrefixProblem('a/b_c/d-e/'), undefined);
  });

  it('is named after its provider, and its Secret lies where most others are', () => {
    const credential = (namespace: string) => ({ spec: { credential: { name: 'x', namespace } } });
    const repos = [aRepo('minio'), aRepo('a', 'Ready', credential('kb')), aRepo('b', 'Ready', credential('kb')), aRepo('c', 'Ready', credential('other'))];
    assert.equal(defaultRepositoryName(anInventory({ repos }), 'minio'), 'minio-2');
    assert.equal(usualSecretNamespace(anInventory({ repos })), 'kb');
    assert.equal(usualSecretNamespace(anInventory()), 'kb-system');
  });
});

describe('Storage providers', () => {
  it('are offered with what they can do, the usable first', () => {
    const mountOnly = aStorageProvider('aaa', { spec: { csiDriverName: 'nfs.csi.example', storageClassTemplate: true } });
    const options = providerOptions(anInventory({ storageProviders: [mountOnly, aStorageProvider('bbb', { spec: {} }), aStorageProvider(), aVolumeProvider()] }));
    assert.deepEqual(options.map(({ name, accessMethods, missingDriver, problem }) => [name, accessMethods.join(), missingDriver, problem !== undefined]), [
      ['pvc', 'Mount', undefined, false],
      ['s3-compatible', 'Tool,Mount', 's3.csi.example', false],
      ['aaa', 'Mount', 'nfs.csi.example', true],
      ['bbb', '', undefined, true],
    ]);
  });

  it('ask for what is needed first, and know what is secret', () => {
    assert.deepEqual(repositoryParameters(aStorageProvider()).map(({ name, required, secret }) => `${name}${required ? '!' : ''}${secret ? '*' : ''}`), [
      'bucket!',
      'endpoint!',
      'accessKeyId!*',
      'secretAccessKey!*',
      'region',
      'noCheckBucket',
    ]);
  });
});

describe('A failed pre-check', () => {
  const failed = (message: string, type = 'PreCheckPassed', reason = 'PreCheckFailed'): BackupRepo => aRepo('store', 'Failed', { status: { phase: 'Failed', conditions: [{ type, status: 'False', reason, message }] } });
  const table: readonly (readonly [string, string, string | undefined])[] = [
    ['NoSuchBucket: The specified bucket does not exist: postgres', 'bucketMissing', 'bucket'],
    ['AccessDenied: not entitled', 'bucketCheck', 'noCheckBucket'],
    ['BucketAlreadyExists: The requested bucket name is not available', 'bucketCheck', 'noCheckBucket'],
    ['AuthorizationHeaderMalformed: unexpected scope 20260101/us-east-1/s3', 'region', 'region'],
    ['dial tcp: lookup minio.efault.svc.cluster.local: no such host', 'storageUnreachable', 'endpoint'],
    ['InvalidAccessKeyId: status code: 403', 'credentials', 'accessKeyId'],
    ["sh: can't create /backup/precheck.txt: Permission denied", 'writeRefused', undefined],
  ];
  for (const [message, code, field] of table) {
    it(`is explained by ${code}: ${message}`, () => {
      const causes: readonly Cause[] = diagnoseRepository(failed(message), NO_EVIDENCE);
      assert.deepEqual([causes[0]?.code, suspectParameter(causes, repositoryParameters(aStorageProvider()))], [code, field]);
    });
  }

  it('is explained before it was begun, too', () => {
    assert.equal(diagnoseRepository(failed('CSI driver is not installed', 'StorageProviderReady', 'StorageProviderNotReady'), NO_EVIDENCE)[0]?.code, 'storageDriver');
    assert.equal(diagnoseRepository(failed('failed to get secret: secrets "x" not found', 'ParametersChecked', 'CredentialSecretNotFound'), NO_EVIDENCE)[0]?.code, 'credentialSecret');
  });
});
