import type { AnyObject } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { omit } from '../store/omit';
import type { ResourceRequest } from './resourceRequest';

/** What follows `apiVersion` and `kind`, kept as long as the revision of the object lives. */
const contents = new WeakMap<AnyObject, string>();

function contentJson(object: AnyObject): string {
  const known = contents.get(object);
  if (known !== undefined) return known;
  const json = JSON.stringify(omit(object, 'apiVersion', 'kind')).slice(1);
  contents.set(object, json);
  return json;
}

/** The object in the version that was asked for (conversion strategy None: only `apiVersion` differs). */
export function objectJson(object: AnyObject, { served, version }: Pick<ResourceRequest, 'served' | 'version'>): string {
  const apiVersion = apiVersionOf({ group: served.resource.group, version });
  return `{"apiVersion":${JSON.stringify(apiVersion)},"kind":${JSON.stringify(served.resource.kind)},${contentJson(object)}`;
}

/** An item of a list. Built-in kinds leave out what the list says of all of them. */
export function itemJson(object: AnyObject, request: Pick<ResourceRequest, 'served' | 'version'>): string {
  return request.served.custom === undefined ? `{${contentJson(object)}` : objectJson(object, request);
}
