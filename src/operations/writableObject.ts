import * as l10n from '@vscode/l10n';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { AnyObject } from '../kubeblocks/objects';
import { REDACTED } from '../kubeblocks/redact';
import type { Resource } from '../kubeblocks/resource';
import { AppError } from './appError';

/** What the server alone writes into `metadata`; `kubectl get -o yaml` brings it into files. */
const SERVER_METADATA: readonly string[] = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'];

/** The object without what only the server, a controller or kubectl's bookkeeping writes. */
export function ownFields(object: AnyObject): AnyObject {
  const { metadata, ...rest } = object;
  const body = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'status'));
  const { annotations, ...meta } = Object.fromEntries(Object.entries(metadata).filter(([key]) => !SERVER_METADATA.includes(key))) as unknown as AnyObject['metadata'];
  const own = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => key !== ANNOTATIONS.lastApplied));
  return { ...body, apiVersion: object.apiVersion, kind: object.kind, metadata: { ...meta, ...(Object.keys(own).length > 0 && { annotations: own }) } };
}

/**
 * The object as it is sent: in its namespace, without what is not a person's to write. Throws an `AppError` where it has no
 * name of its own, or where credentials were struck out of it.
 */
export function writableObject(object: AnyObject, { kind, namespaced }: Resource, defaultNamespace: string): AnyObject {
  const { metadata, ...rest } = ownFields(object);
  const { name, namespace = defaultNamespace, ...meta } = metadata as Partial<AnyObject['metadata']>;
  if (typeof name !== 'string' || name === '') {
    throw new AppError('invalid', l10n.t('{0} cannot be used: it has no metadata.name. Write one; a name that the server makes up would give another object each time.', kind));
  }
  if (holdsRedacted(rest)) {
    throw new AppError('invalid', l10n.t('{0} {1} cannot be used: it is a copy in which credentials were replaced by “{2}”. Fill them in first.', kind, name, REDACTED));
  }
  return { ...rest, metadata: { ...meta, name, ...(namespaced && { namespace }) } };
}

function holdsRedacted(value: unknown): boolean {
  if (typeof value === 'string') {
    return value === REDACTED;
  }
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsRedacted);
}
