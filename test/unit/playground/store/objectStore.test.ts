import assert from 'node:assert/strict';
import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { RESOURCES } from '../../../../src/playground/resources';
import { StatusError, type StoreEvent } from '../../../../src/playground/world';
import { createTestStore, object, refusal } from './testStore';

const { backup, configMap, job, pod, secret } = RESOURCES;

describe('object store', () => {
  it('gives a new object its identity and drops the status it came with', () => {
    const { store } = createTestStore();
    const created = store.create(backup, object(backup, 'x', { spec: { backupMethod: 'm' }, status: { phase: 'Completed' } }));
    assert.equal(created.metadata.generation, 1);
    assert.equal(created.metadata.creationTimestamp, '2026-01-01T00:00:00Z');
    assert.match(String(created.metadata.uid), /^[0-9a-f-]{36}$/);
    assert.equal(created.metadata.resourceVersion, String(store.revision()));
    assert.equal(created.status, undefined);
  });

  it('hands out frozen objects and leaves what it was given alone', () => {
    const { store } = createTestStore();
    const spec = { backupMethod: 'm', parameters: [{ name: 'a', value: 'b' }] };
    const created = store.create(backup, object(backup, 'x', { spec }));
    assert.ok(Object.isFrozen((created.spec as typeof spec).parameters[0]));
    assert.ok(!Object.isFrozen(spec));
  });

  it('makes up a name from generateName', () => {
    const { store } = createTestStore();
    const { metadata, ...rest } = object(backup, '');
    const created = store.create(backup, { ...rest, metadata: { ...metadata, generateName: 'nightly-' } });
    assert.match(created.metadata.name, /^nightly-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('refuses a second object of the name, an unknown namespace and a bad name in the words of Kubernetes', () => {
    const { store } = createTestStore();
    store.create(backup, object(backup, 'x'));
    assert.deepEqual(
      refusal(() => store.create(backup, object(backup, 'x'))),
      [409, 'AlreadyExists', 'backups.dataprotection.kubeblocks.io "x" already exists'],
    );
    assert.deepEqual(
      refusal(() => store.create(backup, { ...object(backup, 'y'), metadata: { name: 'y', namespace: 'nowhere' } })),
      [404, 'NotFound', 'namespaces "nowhere" not found'],
    );
    const [code, reason, message] = refusal(() => store.create(backup, object(backup, 'Bad_Name')));
    assert.deepEqual([code, reason], [422, 'Invalid']);
    assert.match(message, /^Backup.dataprotection.kubeblocks.io "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain/);
  });

  it('counts a generation for a changed spec, not for metadata or status', () => {
    const { store } = createTestStore();
    const first = store.create(backup, object(backup, 'x', { spec: { backupMethod: 'm' } }));
    const labelled = store.update(backup, { ...first, metadata: { ...first.metadata, labels: { a: 'b' } } });
    const running = store.updateStatus(backup, { ...labelled, status: { phase: 'Running' } });
    const changed = store.update(backup, { ...running, spec: { backupMethod: 'n' }, status: { phase: 'lost' } });
    assert.deepEqual([labelled, running, changed].map(({ metadata }) => metadata.generation), [1, 1, 2]);
    assert.deepEqual(changed.status, { phase: 'Running' });
  });

  it('writes nothing when nothing changes', () => {
    const { store, events } = createTestStore();
    const first = store.create(backup, object(backup, 'x', { spec: { backupMethod: 'm' } }));
    const before = events.length;
    assert.equal(store.update(backup, { ...first, spec: { backupMethod: 'm' } }), first);
    assert.equal(events.length, before);
  });

  it('refuses a write from an old version', () => {
    const { store } = createTestStore();
    const first = store.create(backup, object(backup, 'x'));
    store.updateStatus(backup, { ...first, status: { phase: 'New' } });
    assert.deepEqual(
      refusal(() => store.update(backup, { ...first, spec: { backupMethod: 'n' } })),
      [
        409,
        'Conflict',
        'Operation cannot be fulfilled on backups.dataprotection.kubeblocks.io "x": the object has been modified; please apply your changes to the latest version and try again',
      ],
    );
  });

  it('keeps a deleted object until its last finalizer is gone, and takes no new ones', () => {
    const { store, events } = createTestStore();
    store.create(backup, { ...object(backup, 'x'), metadata: { name: 'x', namespace: 'demo', finalizers: ['a/b'] } });
    assert.equal(store.delete(backup, { namespace: 'demo', name: 'x' }).removed, false);
    const marked = store.get(backup, { namespace: 'demo', name: 'x' });
    assert.equal(marked?.metadata.deletionTimestamp, '2026-01-01T00:00:00Z');
    assert.equal(marked.metadata.generation, 2);
    const [, , message] = refusal(() => store.update(backup, { ...marked, metadata: { ...marked.metadata, finalizers: ['a/b', 'c/d'] } }));
    assert.match(message, /found new finalizers \[\]string\{"c\/d"\}$/);
    store.update(backup, { ...marked, metadata: { ...marked.metadata, finalizers: [] } });
    assert.equal(store.get(backup, { namespace: 'demo', name: 'x' }), undefined);
    assert.equal(events.at(-1)?.type, 'DELETED');
  });

  it('collects what a removed object owned, through all generations', () => {
    const { store, events } = createTestStore();
    const owner = store.create(backup, object(backup, 'x'));
    const middle = store.create(job, owned(object(job, 'j'), owner));
    store.create(pod, owned(object(pod, 'p'), middle));
    store.delete(backup, owner.metadata);
    assert.deepEqual(events.slice(-3).map((event) => `${event.type} ${event.object.kind}`), ['DELETED Backup', 'DELETED Job', 'DELETED Pod']);
  });

  it('leaves what another still owns and takes the reference away', () => {
    const { store } = createTestStore();
    const [one, two] = [store.create(backup, object(backup, 'one')), store.create(backup, object(backup, 'two'))];
    store.create(configMap, owned(object(configMap, 'shared'), one, two));
    store.delete(backup, one.metadata);
    const left = store.get(configMap, { namespace: 'demo', name: 'shared' });
    assert.deepEqual(left?.metadata.ownerReferences?.map(({ name }) => name), ['two']);
  });

  it('orphans dependents when asked to', () => {
    const { store } = createTestStore();
    const owner = store.create(job, object(job, 'j'));
    store.create(pod, owned(object(pod, 'p'), owner));
    assert.equal(store.delete(job, owner.metadata, { propagationPolicy: 'Orphan' }).removed, true);
    assert.equal(store.get(pod, { namespace: 'demo', name: 'p' })?.metadata.ownerReferences, undefined);
  });

  it('removes an owner after its dependents when deleted in the foreground', () => {
    const { store, events } = createTestStore();
    const owner = store.create(job, object(job, 'j'));
    const dependent = owned(object(pod, 'p'), owner);
    store.create(pod, { ...dependent, metadata: { ...dependent.metadata, finalizers: ['wait/here'] } });
    assert.equal(store.delete(job, owner.metadata, { propagationPolicy: 'Foreground' }).removed, false);
    const held = store.get(pod, { namespace: 'demo', name: 'p' })!;
    store.update(pod, { ...held, metadata: { ...held.metadata, finalizers: (held.metadata.finalizers ?? []).filter((f) => f !== 'wait/here') } });
    assert.equal(store.get(job, owner.metadata), undefined);
    assert.deepEqual(events.slice(-2).map((event) => `${event.type} ${event.object.kind}`), ['DELETED Pod', 'DELETED Job']);
  });

  it('empties a deleted namespace, takes nothing new, and removes it with the last of its content', () => {
    const { store } = createTestStore();
    store.create(configMap, object(configMap, 'c'));
    store.create(backup, { ...object(backup, 'x'), metadata: { name: 'x', namespace: 'demo', finalizers: ['a/b'] } });
    store.delete(RESOURCES.namespace, { name: 'demo' });
    assert.equal(store.get(configMap, { namespace: 'demo', name: 'c' }), undefined);
    assert.deepEqual(store.get(RESOURCES.namespace, { name: 'demo' })?.status, { phase: 'Terminating' });
    assert.deepEqual(
      refusal(() => store.create(configMap, object(configMap, 'late'))),
      [403, 'Forbidden', 'configmaps "late" is forbidden: unable to create new content in namespace demo because it is being terminated'],
    );
    const held = store.get(backup, { namespace: 'demo', name: 'x' })!;
    store.update(backup, { ...held, metadata: { ...held.metadata, finalizers: [] } });
    assert.equal(store.get(RESOURCES.namespace, { name: 'demo' }), undefined);
  });

  it('tells every listener of changes in the order they were made, also of those a listener makes', () => {
    const { store } = createTestStore();
    const heard: string[] = [];
    store.subscribe((event: StoreEvent) => {
      if (event.type === 'ADDED' && event.resource === backup) store.create(job, object(job, 'from-listener'));
    });
    store.subscribe((event) => heard.push(`${event.type} ${event.object.kind}`));
    store.create(backup, object(backup, 'x'));
    assert.deepEqual(heard, ['ADDED Backup', 'ADDED Job']);
  });

  it('turns a secret’s stringData into data', () => {
    const { store } = createTestStore();
    const created = store.create(secret, object(secret, 's', { stringData: { password: 'pw' } }));
    assert.deepEqual([created.data, created.stringData, created.type], [{ password: 'cHc=' }, undefined, 'Opaque']);
  });

  it('judges a dry run without storing it', () => {
    const { store, events } = createTestStore();
    const before = events.length;
    const judged = store.create(backup, object(backup, 'x'), { dryRun: true });
    assert.equal(judged.metadata.resourceVersion, undefined);
    assert.equal(store.get(backup, judged.metadata), undefined);
    assert.equal(events.length, before);
  });

  it('answers a refused admission with every field as a cause', () => {
    const { store } = createTestStore({
      admit: (_resource, admitted) => ({
        object: admitted,
        unknownFields: [],
        errors: admitted.kind === 'Backup' ? [{ path: 'spec.backupMethod', reason: 'FieldValueRequired', message: 'Required value' }] : [],
      }),
    });
    assert.throws(
      () => store.create(backup, object(backup, 'x')),
      (error) =>
        error instanceof StatusError &&
        error.message === 'Backup.dataprotection.kubeblocks.io "x" is invalid: spec.backupMethod: Required value' &&
        JSON.stringify(error.details?.causes) === '[{"reason":"FieldValueRequired","message":"Required value","field":"spec.backupMethod"}]',
    );
  });

  it('collects at once what is created for an owner that is gone', () => {
    const { store } = createTestStore();
    const owner = store.create(backup, object(backup, 'x'));
    store.delete(backup, owner.metadata);
    store.create(job, owned(object(job, 'j'), owner));
    assert.equal(store.get(job, { namespace: 'demo', name: 'j' }), undefined);
  });
});

function owned(dependent: AnyObject, ...owners: readonly AnyObject[]): AnyObject {
  const ownerReferences = owners.map(({ apiVersion, kind, metadata }) => ({
    apiVersion,
    kind,
    name: metadata.name,
    uid: String(metadata.uid),
    blockOwnerDeletion: true,
  }));
  return { ...dependent, metadata: { ...dependent.metadata, ownerReferences } };
}
