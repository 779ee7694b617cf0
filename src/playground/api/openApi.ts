import { createHash } from 'node:crypto';
import { apiVersionOf } from '../../kubeblocks/resource';
import type { Catalog } from './catalog';
import type { ServedResource } from './servedResource';

const ROOT = '/openapi/v3';

/**
 * OpenAPI v3 as far as clients ask before they write: which kinds take which patches, and the query parameters of a
 * write. Undefined for a path that is not served.
 */
export function openApi(path: string, catalog: Catalog): object | undefined {
  const documents = catalog.groups.flatMap(({ name, versions }) => versions.map((version) => ({ group: name, version })));
  if (path === ROOT) return { paths: Object.fromEntries(documents.map((one) => [pathOf(one), linkTo(one, catalog)])) };
  const found = documents.find((one) => path === `${ROOT}/${pathOf(one)}`);
  return found === undefined ? undefined : documentOf(found, catalog);
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

function pathOf({ group, version }: GroupVersion): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function linkTo(groupVersion: GroupVersion, catalog: Catalog): object {
  const hash = createHash('sha256').update(JSON.stringify(documentOf(groupVersion, catalog))).digest('hex').toUpperCase();
  return { serverRelativeURL: `${ROOT}/${pathOf(groupVersion)}?hash=${hash}` };
}

function documentOf(groupVersion: GroupVersion, catalog: Catalog): object {
  const served = catalog.in(groupVersion.group, groupVersion.version);
  return {
    openapi: '3.0.0',
    info: { title: 'KubeBlocks playground', version: apiVersionOf(groupVersion) },
    paths: Object.fromEntries(served.map((one) => [objectPath(groupVersion, one), { patch: patchOperation(groupVersion, one) }])),
  };
}

function objectPath(groupVersion: GroupVersion, { resource }: ServedResource): string {
  return `/${pathOf(groupVersion)}/${resource.namespaced ? 'namespaces/{namespace}/' : ''}${resource.plural}/{name}`;
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
  name,
  in: 'query',
  schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
}));

function patchOperation({ group, version }: GroupVersion, { resource, custom }: ServedResource): object {
  const types = ['application/json-patch+json', 'application/merge-patch+json'];
  return {
    operationId: `patch${resource.kind}`,
    parameters: WRITE_PARAMETERS,
    requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' } }])) },
    responses: { 200: { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group, version, kind: resource.kind },
    ...(custom === undefined && { description: 'Takes strategic merge patches as well.' }),
  };
}
