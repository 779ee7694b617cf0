import type { Catalog } from './catalog';
import { badRequest } from '../store/statusErrors';
import type { ServedResource } from './servedResource';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** What a URL asks of which objects. */
export interface ResourceRequest {
  readonly verb: Verb;
  readonly served: ServedResource;
  /** The version of the URL, in which the answer speaks. */
  readonly version: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
}

/** `/api/v1/namespaces/n/pods/p/log`, or undefined where nothing is served; throws 400 for a bad escape (`k8s.io/apiserver/pkg/endpoints/request`). */
export function parseResourceRequest(method: string, url: URL, catalog: Catalog, userAgent = ''): ResourceRequest | undefined {
  const parts = url.pathname.split('/').filter((part) => part !== '').map(decoded);
  const [root, ...rest] = parts;
  const [group, version, ...path] = root === 'api' ? ['', ...rest] : rest;
  if ((root !== 'api' && root !== 'apis') || group === undefined || version === undefined) return undefined;
  const { namespace, plural, name, subresource } = splitPath(path);
  const served = plural === undefined ? undefined : catalog.find(group, version, plural);
  if (served === undefined || (namespace !== undefined && !served.resource.namespaced)) return undefined;
  const verb = verbOf(method, name, url.searchParams);
  if (verb === undefined) return undefined;
  return {
    verb,
    served,
    version,
    query: url.searchParams,
    userAgent,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(part)}`);
  }
}

interface SplitPath {
  readonly namespace?: string | undefined;
  readonly plural?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** `namespaces/n` names a namespace, unless more follows that is not a namespace's own subresource. */
function splitPath(path: readonly string[]): SplitPath {
  const [first, second, third, fourth, fifth] = path;
  if (first !== 'namespaces' || third === undefined || NAMESPACE_SUBRESOURCES.has(third)) {
    return { plural: first, name: second, subresource: third };
  }
  return { namespace: second, plural: third, name: fourth, subresource: fifth };
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

function verbOf(method: string, name: string | undefined, query: URLSearchParams): Verb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isTrue(query.get('watch'))) return 'watch';
      return name === undefined ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      return undefined;
  }
}

/** As Go's query decoding takes a boolean: present and neither `false` nor `0`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}
