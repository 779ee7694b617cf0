import { verbsOf } from './discovery';
import type { Catalog } from './catalog';
import type { ServedResource } from './servedResource';

export const AGGREGATED_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Whether a client asks for all of `/api` or `/apis` at once, as kubectl does. */
export function wantsAggregated(accept: string | undefined): boolean {
  return (accept ?? '').split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    return type === 'application/json' && ['g=apidiscovery.k8s.io', 'v=v2', 'as=APIGroupDiscoveryList'].every((one) => parameters.includes(one));
  });
}

/** Every group, version and kind below `/api` or `/apis`; undefined for other paths. */
export function discoverAll(path: string, catalog: Catalog): object | undefined {
  if (path !== '/api' && path !== '/apis') return undefined;
  const groups = catalog.groups.filter(({ name }) => (name === '') === (path === '/api'));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ name, versions }) => ({
      metadata: { ...(name !== '' && { name }) },
      versions: versions.map((version) => ({
        version,
        resources: [...catalog.in(name, version).map((served) => entryOf(served, version)), ...(REVIEWED[name] ?? []).map((kind) => review(name, version, kind))],
        freshness: 'Current',
      })),
    })),
  };
}

function entryOf(served: ServedResource, version: string): object {
  const { resource, singular, shortNames, categories, hasStatus, custom } = served;
  const { group, kind, plural, namespaced } = resource;
  const responseKind = { group, version: custom === undefined ? '' : version, kind };
  const builtIn = { group: '', version: '', kind };
  const subresources = [
    ...(hasStatus ? [{ subresource: 'status', verbs: ['get', 'patch', 'update'] }] : []),
    ...(plural === 'pods' ? [{ subresource: 'log', verbs: ['get'] }] : []),
  ];
  const shown = custom === undefined ? builtIn : responseKind;
  return {
    resource: plural,
    responseKind: shown,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: verbsOf(served),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(subresources.length > 0 && { subresources: subresources.map(({ subresource, verbs }) => ({ subresource, responseKind: shown, verbs })) }),
  };
}

const REVIEWED: Readonly<Record<string, readonly string[]>> = {
  'authentication.k8s.io': ['SelfSubjectReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
};

function review(group: string, version: string, kind: string): object {
  const singularResource = kind.toLowerCase();
  return { resource: `${singularResource}s`, responseKind: { group, version, kind }, scope: 'Cluster', singularResource, verbs: ['create'] };
}
