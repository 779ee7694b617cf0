import assert from 'node:assert/strict';
import { KINDS, type KindId } from '../../../../src/kubeblocks/kinds';
import type { AnyObject, KubeObject } from '../../../../src/kubeblocks/objects';
import { Submissions } from '../../../../src/operations/submissions';
import type { DocumentForm } from '../../../../src/ui/documents/documentAddress';
import { createDocumentText } from '../../../../src/ui/documents/documentText';
import { refOf } from '../../../../src/ui/objectRef';
import { aBackup, aCluster, anActionSet, anInventory, anOpsRequest, aPolicy, aRepo, aRestore, aSchedule, NOW } from '../../../support/builders';
import { FakeSession } from '../../../support/fakeSession';
import { testDeps } from '../../../support/operationDeps';

/** The text of a page on the one object there is. */
async function textOf(kind: KindId, object: KubeObject, form: DocumentForm): Promise<string> {
  const deps = testDeps();
  deps.api.put(KINDS[kind], object);
  const session = new FakeSession('kind-prod', deps.api);
  session.become({ ...anInventory({}), context: 'kind-prod' });
  const operations = { ...deps, session, submissions: new Submissions(deps) };
  const text = createDocumentText({ operations: () => operations, time: () => ({ now: NOW, timeZone: 'Europe/Berlin' }), chosenLine: () => undefined });
  return text({ form, context: 'kind-prod', ref: refOf(kind, object) });
}

/** The same object with credentials in all places where KubeBlocks and people leave them. */
function withSecrets(object: KubeObject): AnyObject {
  const annotations = {
    'kubeblocks.io/encrypted-system-accounts': 'hunter2',
    'dataprotection.kubeblocks.io/connection-password': 'hunter2',
    'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"note":"hunter2"}}',
  };
  const { spec = {}, metadata, ...rest } = object as AnyObject;
  const env = [{ name: 'DP_DB_PASSWORD', value: 'hunter2' }];
  const secrets = { env, config: { secretAccessKey: 'hunter2', endpoint: 'https://me:hunter2@minio:9000' } };
  return { ...rest, metadata: { ...metadata, annotations }, spec: { ...(spec as object), ...secrets } };
}

describe('The page and the YAML', () => {
  const objects: readonly (readonly [KindId, KubeObject])[] = [
    ['cluster', aCluster()],
    ['backup', aBackup('b1')],
    ['backupPolicy', aPolicy()],
    ['backupSchedule', aSchedule([])],
    ['backupRepo', aRepo()],
    ['actionSet', anActionSet('set', 'Full')],
    ['restore', aRestore('restore', 'orders-pg', 'Completed')],
    ['opsRequest', anOpsRequest('request', 'orders-pg', 'Succeed')],
    ['storageProvider', { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'StorageProvider', metadata: { name: 'provider' } }],
    ['backupPolicyTemplate', { apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'BackupPolicyTemplate', metadata: { name: 'template' } }],
  ];
  for (const [kind, object] of objects) {
    it(`of a ${KINDS[kind].kind} name it, and hold no credential`, async () => {
      const [page, yaml] = await Promise.all([textOf(kind, withSecrets(object), 'describe'), textOf(kind, withSecrets(object), 'yaml')]);
      assert.match(page.replaceAll('\\', ''), new RegExp(`^# .*${object.metadata.name}`));
      assert.match(yaml, new RegExp(`^ +name: ${object.metadata.name}$`, 'm'));
      assert.match(yaml, /secretAccessKey: \(redacted\)/);
      assert.doesNotMatch(page + yaml, /hunter2/);
    });
  }
});
