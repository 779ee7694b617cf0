import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import type { ObjectStore } from '../world';

const BY_KIND: ReadonlyMap<string, Resource> = new Map(
  Object.values(RESOURCES).map((resource) => [`${apiVersionOf(resource)} ${resource.kind}`, resource]),
);

/** Throws where the playground knows no such kind. */
export function resourceOf({ apiVersion, kind }: Pick<AnyObject, 'apiVersion' | 'kind'>): Resource {
  const resource = BY_KIND.get(`${apiVersion} ${kind}`);
  if (resource === undefined) throw new Error(`the playground has no kind ${kind} of ${apiVersion}`);
  return resource;
}

export function createAll(store: ObjectStore, objects: readonly AnyObject[]): void {
  for (const object of objects) store.create(resourceOf(object), object);
}
