import { createHash } from 'node:crypto';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { apiVersionOf } from '../../kubeblocks/resource';
import type { Catalog } from './catalog';
import { createComponents, type Components } from './openApiComponents';
import type { Schemas } from './schemas';
import type { ServedResource } from './servedResource';

const ROOT = '/openapi/v3';

/** A served group and version. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/**
 * OpenAPI v3 as clients read it to explain kinds, to check what they send and to see which patches a kind takes. Each
 * document is made when it is first asked for, and its hash with it. Undefined for a path that is not served.
 */
export function createOpenApi(catalog: Catalog, schemas: Schemas): (path: string) => string | undefined {
  const made = new Map<string, string>();

  function documentAt(groupVersion: GroupVersion): string {
    const path = pathOf(groupVersion);
    const known = made.get(path);
    if (known !== undefined) return known;
    const text = JSON.stringify(documentOf(groupVersion, catalog, schemas));
    made.set(path, text);
    return text;
  }

  return (path) => {
    if (path !== ROOT && !path.startsWith(`${ROOT}/`)) return undefined;
    const documents = catalog.groups.flatMap(({ name, versions }) => versions.map((version) => ({ group: name, version })));
    if (path === ROOT) return JSON.stringify({ paths: Object.fromEntries(documents.map((one) => [pathOf(one), linkTo(one, documentAt(one))])) });
    const found = documents.find((one) => path === `${ROOT}/${pathOf(one)}`);
    return found === undefined ? undefined : documentAt(found);
  };
}

function pathOf({ group, version }: GroupVersion): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function linkTo(groupVersion: GroupVersion, document: string): object {
  const hash = createHash('sha256').update(document).digest('hex').toUpperCase();
  return { serverRelativeURL: `${ROOT}/${pathOf(groupVersion)}?hash=${hash}` };
}

function documentOf(groupVersion: GroupVersion, catalog: Catalog, schemas: Schemas): object {
  const served = catalog.in(groupVersion.group, groupVersion.version);
  const components = createComponents();
  const paths = Object.fromEntries(served.map((one) => [objectPath(groupVersion, one), operations(groupVersion, one, components, schemas)]));
  return { openapi: '3.0.0', info: { title: 'KubeBlocks playground', version: apiVersionOf(groupVersion) }, paths, components: { schemas: components.all() } };
}

function objectPath(groupVersion: GroupVersion, { resource }: ServedResource): string {
  return `/${pathOf(groupVersion)}/${resource.namespaced ? 'namespaces/{namespace}/' : ''}${resource.plural}/{name}`;
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
  name,
  in: 'query',
  schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
}));

const ANYTHING: StructuralSchema = { type: 'object' };

function operations({ group, version }: GroupVersion, { resource, custom }: ServedResource, components: Components, schemas: Schemas): object {
  const kind = { group, version, kind: resource.kind };
  const schema = schemas.of({ apiVersion: apiVersionOf({ group, version }), kind: resource.kind }) ?? ANYTHING;
  const content = { 'application/json': { schema: components.kind(kind, schema) } };
  const types = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml', ...(custom === undefined ? ['application/strategic-merge-patch+json'] : [])];
  const common = { responses: { 200: { description: 'OK', content } }, 'x-kubernetes-group-version-kind': kind };
  return {
    get: { ...common, operationId: `read${resource.kind}`, 'x-kubernetes-action': 'get' },
    put: { ...common, operationId: `replace${resource.kind}`, parameters: WRITE_PARAMETERS.slice(0, 3), requestBody: { content }, 'x-kubernetes-action': 'put' },
    patch: {
      ...common,
      operationId: `patch${resource.kind}`,
      parameters: WRITE_PARAMETERS,
      requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' } }])) },
      'x-kubernetes-action': 'patch',
    },
  };
}
