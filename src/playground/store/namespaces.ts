import type { ObjectMeta } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import type { ObjectStore } from '../world';
import type { Stored } from './ownerIndex';
import { forbidden, notFound } from './statusErrors';
import type { Table } from './table';

/** The admission plug-in NamespaceLifecycle: a namespace has to exist and not to be on its way out. */
export function refuseUnlessActive(store: Pick<ObjectStore, 'get'>, resource: Resource, { namespace, name }: ObjectMeta): void {
  if (!resource.namespaced) return;
  const found = namespace === undefined ? undefined : store.get(RESOURCES.namespace, { name: namespace });
  if (namespace === undefined || found === undefined) throw notFound(RESOURCES.namespace, namespace ?? '');
  if (found.metadata.deletionTimestamp === undefined) return;
  throw forbidden(resource, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
}

/** Everything that lives in a namespace, as it was when the asking began. */
export function* contentsOf(tables: Iterable<{ readonly resource: Resource; readonly table: Table }>, namespace: string): Generator<Stored> {
  for (const { resource, table } of [...tables]) {
    if (!resource.namespaced) continue;
    for (const object of table.list(namespace)) yield { resource, object };
  }
}
