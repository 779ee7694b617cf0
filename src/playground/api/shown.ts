import type { AnyObject } from '../../kubeblocks/objects';
import type { ApiContext } from './apiContext';

const known = new WeakMap<AnyObject, AnyObject>();

/** A stored object as the API gives it out: with `metadata.managedFields`, which are worked out here. */
export function shown({ ownership }: Pick<ApiContext, 'ownership'>, object: AnyObject): AnyObject {
  const before = known.get(object);
  if (before !== undefined) return before;
  const managedFields = ownership.managedFields(object);
  const result = managedFields.length === 0 ? object : { ...object, metadata: { ...object.metadata, managedFields } };
  known.set(object, result);
  return result;
}
