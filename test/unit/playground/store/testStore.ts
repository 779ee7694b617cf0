import type { AnyObject } from '../../../../src/kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../../../src/kubeblocks/resource';
import type { Admission } from '../../../../src/playground/admission/admission';
import { RESOURCES } from '../../../../src/playground/resources';
import { createRandom } from '../../../../src/playground/runtime/random';
import { createObjectStore } from '../../../../src/playground/store/objectStore';
import type { VersionedStore } from '../../../../src/playground/store/versionedStore';
import { StatusError, type StoreEvent } from '../../../../src/playground/world';

/** A store at the first second of 2026 that holds the namespace `demo`. */
export function createTestStore(admission?: Admission, historyLimit?: number): { readonly store: VersionedStore; readonly events: StoreEvent[] } {
  const store = createObjectStore({
    clock: { timestamp: () => '2026-01-01T00:00:00Z' },
    random: createRandom(1),
    ...(admission !== undefined && { admission }),
    ...(historyLimit !== undefined && { historyLimit }),
  });
  const events: StoreEvent[] = [];
  store.subscribe((event) => events.push(event));
  store.create(RESOURCES.namespace, object(RESOURCES.namespace, 'demo'));
  return { store, events };
}

/** An object of namespace `demo`. */
export function object(resource: Resource, name: string, content: Readonly<Record<string, unknown>> = {}): AnyObject {
  const metadata = resource.namespaced ? { name, namespace: 'demo' } : { name };
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata, ...content };
}

/** Code, reason and message of the refusal that `act` meets. */
export function refusal(act: () => unknown): readonly [number, string, string] {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return [error.code, error.reason, error.message];
    throw error;
  }
  throw new Error('It was not refused.');
}
