import assert from 'node:assert/strict';
import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { FixEdit } from '../../../src/manifest/fix';
import { judgeFile } from '../../../src/manifest/judgeFile';
import { readFile } from '../../../src/manifest/manifestFile';
import { dialectOf } from '../../support/manifestDialect';

function edits(text: string, line: KubeBlocksLine, code: string): Omit<FixEdit, 'object'>[] {
  const found = judgeFile(readFile(text), [], dialectOf(line)).filter((finding) => finding.code === code);
  return found.flatMap(({ fixes }) => fixes ?? []).flatMap((fix) => fix.edits.map((edit) => ({ ...edit, object: undefined })));
}

const ANNOTATED = `apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata:
  name: orders
  namespace: payments
  annotations:
    kubeblocks.io/restore-from-backup: '{"mysql":{"name":"b1","namespace":"payments","restoreTime":"2026-11-23T09:58:00Z","volumeRestorePolicy":"Serial"}}'
spec:
  terminationPolicy: Delete
  componentSpecs: [{name: mysql, componentDef: mysql, replicas: 1}]
`;

const SPECIFIED = `apiVersion: apps.kubeblocks.io/v1
kind: Cluster
metadata:
  name: orders
  namespace: payments
spec:
  terminationPolicy: Delete
  componentSpecs: [{name: mysql, componentDef: mysql, replicas: 1}]
  restore:
    source: {apiGroup: dataprotection.kubeblocks.io, kind: Backup, name: b1}
    pitr: 2026-11-23T09:58:00Z
`;

describe('a manifest of another KubeBlocks line', () => {
  it('is offered spec.restore for its annotation', () => {
    const restore = {
      source: { apiGroup: 'dataprotection.kubeblocks.io', kind: 'Backup', name: 'b1', namespace: 'payments' },
      pitr: '2026-11-23T09:58:00Z',
      parameters: { 'dataprotection.kubeblocks.io/volume-restore-policy': 'Serial', 'dataprotection.kubeblocks.io/source-target-name': 'mysql' },
    };
    assert.deepEqual(edits(ANNOTATED, '1.2', 'KB-R001'), [
      { kind: 'remove', object: undefined, path: ['metadata', 'annotations'] },
      { kind: 'insert', object: undefined, path: ['spec'], key: 'restore', value: restore },
    ]);
  });

  it('loses the accounts of its annotation, which 1.2 takes from the backup', () => {
    const without = edits(ANNOTATED, '1.2', 'KB-R001');
    assert.equal(without.length, 2);
    assert.deepEqual(edits(ANNOTATED.replace('"volumeRestorePolicy"', '"encryptedSystemAccounts":"{}","volumeRestorePolicy"'), '1.2', 'KB-R001'), without);
  });

  it('is not converted where spec.restore cannot say the same', () => {
    assert.deepEqual(edits(ANNOTATED.replace('"volumeRestorePolicy":"Serial"', '"connectionPassword":"x"'), '1.2', 'KB-R001'), []);
    assert.deepEqual(edits(ANNOTATED.replace('}}\'', '},"etcd":{"name":"b2"}}\''), '1.2', 'KB-R001'), []);
  });

  it('is offered the annotation for its spec.restore', () => {
    const value = '{"mysql":{"name":"b1","namespace":"payments","restoreTime":"2026-11-23T09:58:00Z"}}';
    assert.deepEqual(edits(SPECIFIED, '1.0', 'schema/unknown-field'), [
      { kind: 'remove', object: undefined, path: ['spec', 'restore'] },
      { kind: 'insert', object: undefined, path: ['metadata'], key: 'annotations', value: { 'kubeblocks.io/restore-from-backup': value } },
    ]);
  });

  it('has its fields called as this line calls them', () => {
    const request = (apiVersion: string, cluster: string, restore: string): string => `apiVersion: ${apiVersion}\nkind: OpsRequest\nmetadata: {name: back}\nspec:\n  type: Restore\n  ${cluster}: orders\n  ${restore}: {backupName: b1}\n`;
    const keys = (text: string, line: KubeBlocksLine): unknown[] => edits(text, line, 'schema/unknown-field').map((edit) => ('key' in edit ? edit.key : undefined));
    assert.deepEqual(keys(request('operations.kubeblocks.io/v1alpha1', 'clusterRef', 'restoreSpec'), '1.0'), ['clusterName', 'restore']);
    assert.deepEqual(keys(request('apps.kubeblocks.io/v1alpha1', 'clusterName', 'restore'), '0.8'), ['clusterRef', 'restoreSpec']);
  });
});
