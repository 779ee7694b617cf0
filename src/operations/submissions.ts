import { objectKey } from '../kubeblocks/inventory';
import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { qualifiedName } from '../kubeblocks/resource';
import { createOnce } from './createOnce';
import type { OperationDeps } from './ports';

export interface Submitted<T> {
  readonly object: T;
  readonly warnings: readonly string[];
}

/**
 * Everything this window has submitted to one cluster. Submitting the same object again, while the first is under way or
 * after it, gives the first one's result: a second click makes no second backup. A submission that failed is forgotten.
 */
export class Submissions {
  private readonly known = new Map<string, { readonly spec: string; readonly result: Promise<Submitted<KubeObject>> }>();

  constructor(private readonly deps: OperationDeps) {}

  submit<T extends KubeObject>(resource: Resource, object: T): Promise<Submitted<T>> {
    const key = `${qualifiedName(resource)} ${objectKey(object.metadata.namespace, object.metadata.name)}`;
    const spec = JSON.stringify(object);
    const before = this.known.get(key);
    if (before?.spec === spec) {
      return before.result as Promise<Submitted<T>>;
    }
    const result = createOnce(this.deps, resource, object, this.deps.newId());
    this.known.set(key, { spec, result });
    result.catch(() => {
      this.known.delete(key);
    });
    return result;
  }
}
