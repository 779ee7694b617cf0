import { stringify } from 'yaml';
import { apiVersionOf } from '../../kubeblocks/resource';
import type { AnyObject } from '../../kubeblocks/objects';
import type { ApiContext } from './apiContext';
import { listPage } from './listing';
import type { Representation } from './negotiation';
import { itemJson, objectJson } from './objectJson';
import type { ResourceRequest } from './resourceRequest';
import { shown } from './shown';
import { partialObject, tableOf } from './table';

/** One object as the client wants to see it. */
export function oneObject(context: ApiContext, request: ResourceRequest, stored: AnyObject, as: Representation): string {
  const object = shown(context, stored);
  if (as === 'object') return objectJson(object, request);
  if (as === 'partial') return JSON.stringify(partialObject(object));
  return JSON.stringify(tableOf(request, [object], { resourceVersion: object.metadata.resourceVersion ?? '' }, context.clock.now()));
}

/** A page of a list as the client wants to see it. */
export function list(context: ApiContext, request: ResourceRequest, as: Representation): string {
  const { revision, continueToken, remaining, ...page } = listPage(context.store, request);
  const items = page.items.map((item) => shown(context, item));
  const metadata = {
    resourceVersion: String(revision),
    // The list of a custom resource says also that nothing follows.
    ...((continueToken !== undefined || (as === 'object' && request.served.custom !== undefined)) && { continue: continueToken ?? '' }),
    ...(remaining !== undefined && { remainingItemCount: remaining }),
  };
  if (as === 'table') return JSON.stringify(tableOf(request, items, metadata, context.clock.now()));
  if (as === 'partial') {
    return JSON.stringify({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partialObject) });
  }
  const { listKind, resource } = request.served;
  const head = JSON.stringify({ kind: listKind, apiVersion: apiVersionOf({ group: resource.group, version: request.version }), metadata });
  return `${head.slice(0, -1)},"items":[${items.map((item) => itemJson(item, request)).join(',')}]}`;
}

export function asYaml(json: string): string {
  return stringify(JSON.parse(json));
}
