import assert from 'node:assert/strict';
import { redact, redactText } from '../../../src/kubeblocks/redact';
import { aBackup, aRepo } from '../../support/builders';

describe('redact', () => {
  it('hides every value of a Secret and keeps its keys', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, type: 'Opaque', data: { user: 'YQ==' }, stringData: { note: 'x' } };
    assert.deepEqual(redact(secret), { ...secret, data: { user: '(redacted)' }, stringData: { note: '(redacted)' } });
  });

  it('hides accounts, passwords and last-applied copies in annotations', () => {
    const annotations = {
      'kubeblocks.io/encrypted-system-accounts': 'c2VjcmV0',
      'dataprotection.kubeblocks.io/connection-password': 'c2VjcmV0',
      'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"hunter2"}}',
      'kubeblocks.io/restore-from-backup': '{"mysql":{"name":"b1","connectionPassword":"hunter2"}}',
      plain: 'kept',
    };
    const shown = redact(aBackup('b', '09:00:00', { metadata: { annotations } }));
    assert.doesNotMatch(JSON.stringify(shown), /hunter2|c2VjcmV0/);
    const { annotations: kept } = shown.metadata;
    assert.equal(kept?.['plain'], 'kept');
    assert.match(kept['kubeblocks.io/restore-from-backup'] ?? '', /"name":"b1"/);
  });

  it('hides credentials of a repository and keeps what only points at them', () => {
    const repo = aRepo('s3', 'Ready', {
      spec: { config: { bucket: 'b', accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'hunter2', endpoint: 'https://me:hunter2@minio:9000' }, credential: { name: 'repo-secret', namespace: 'kb' } },
    });
    const { spec } = redact(repo);
    assert.deepEqual(spec?.config, { bucket: 'b', accessKeyId: '(redacted)', secretAccessKey: '(redacted)', endpoint: 'https://me:(redacted)@minio:9000' });
    assert.deepEqual(spec.credential, { name: 'repo-secret', namespace: 'kb' });
  });

  it('hides a value whose neighbour names a password, and drops managedFields', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', managedFields: [{}] }, spec: { env: [{ name: 'DP_DB_PASSWORD', value: 'hunter2' }, { name: 'DP_DB_PORT', value: '5432' }] } };
    assert.deepEqual(redact(object), {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { env: [{ name: 'DP_DB_PASSWORD', value: '(redacted)' }, { name: 'DP_DB_PORT', value: '5432' }] },
    });
  });
});

describe('redactText', () => {
  for (const text of [
    'PGPASSWORD=hunter2 pg_basebackup',
    'password: "hunter2"',
    '{"secret_access_key":"hunter2"}',
    'mysql --password hunter2 -u root',
    'Authorization: Bearer hunter2hunter2',
    'redis://default:hunter2@cache:6379',
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
  ]) {
    it(`strikes out the credential in ${text.split('\n')[0] ?? ''}`, () => assert.doesNotMatch(redactText(text), /hunter2/));
  }

  it('leaves other text alone', () => {
    const text = 'datasafed: write /backup/x: no space left on device';
    assert.equal(redactText(text), text);
  });
});
