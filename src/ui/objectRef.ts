import { KINDS, type KindId } from '../kubeblocks/kinds';
import type { KubeObject } from '../kubeblocks/objects';

/** Which object of the connected cluster is meant; also the argument of commands, so plain data. */
export interface ObjectRef {
  readonly kind: KindId;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
}

export function refOf(kind: KindId, object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** One text per object, the same in every view and between snapshots. */
export function refKey(ref: ObjectRef): string {
  return `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}

/** Whether a command argument, which may come from anywhere, is an `ObjectRef`. */
export function isObjectRef(value: unknown): value is ObjectRef {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { kind, name, namespace } = value as Record<string, unknown>;
  return (
    typeof kind === 'string' &&
    Object.hasOwn(KINDS, kind) &&
    typeof name === 'string' &&
    (namespace === undefined || typeof namespace === 'string')
  );
}
