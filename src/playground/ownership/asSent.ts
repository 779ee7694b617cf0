import type { AnyObject } from '../../kubeblocks/objects';
import { isObject, type JsonObject } from '../admission/json';
import { omit } from '../store/omit';

const OF_ITS_PODS = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'];
const UID = 'batch.kubernetes.io/controller-uid';

/** A new object as it was when the API server looked who owns what: before its strategy made a job's selector and labels. */
export function asSent(object: AnyObject): AnyObject {
  if (object.kind !== 'Job' || !isObject(object.spec) || object.spec.manualSelector !== false) return object;
  const { template, selector, ...spec } = object.spec;
  const own = withoutKeys(isObject(selector) ? selector : {}, 'matchLabels', [UID]);
  return {
    ...object,
    metadata: withoutKeys(object.metadata, 'labels', OF_ITS_PODS),
    spec: { ...spec, ...(Object.keys(own).length > 0 && { selector: own }), ...(isObject(template) && { template: templateAsSent(template) }) },
  };
}

function templateAsSent({ metadata, ...template }: JsonObject): JsonObject {
  const own = withoutKeys(isObject(metadata) ? metadata : {}, 'labels', OF_ITS_PODS);
  return { metadata: own, ...template };
}

/** Without some keys of a map, and without the map where nothing is left of it. */
function withoutKeys<T extends object>(object: T, field: keyof T & string, keys: readonly string[]): T {
  const map = object[field];
  if (!isObject(map)) return object;
  const left = omit(map, ...keys);
  return Object.keys(left).length === 0 ? omit(object, field) : { ...object, [field]: left };
}
