import { createHash } from 'node:crypto';
import { apiVersionOf } from '../../kubeblocks/resource';
import type { Catalog } from './catalog';
import type { ServedResource } from './servedResource';

/** Answers to `/api`, `/apis` and what lies directly below them; undefined for other paths. */
export function discover(path: string, catalog: Catalog, address: string): object | undefined {
  const [root, group, version, ...more] = path.split('/').filter((part) => part !== '');
  if (root === 'api') return group === undefined ? coreVersions(address) : version === undefined ? resourceList('', group, catalog) : undefined;
  if (root !== 'apis' || more.length > 0) return undefined;
  const groups = catalog.groups.filter(({ name }) => name !== '');
  if (group === undefined) return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  const found = groups.find(({ name }) => name === group);
  if (found === undefined) return undefined;
  return version === undefined ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(found) } : resourceList(group, version, catalog);
}

function coreVersions(address: string): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: new URL(address).host }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function groupOf({ name, versions }: Catalog['groups'][number]): object {
  const served = versions.map((version) => ({ groupVersion: apiVersionOf({ group: name, version }), version }));
  return { name, versions: served, preferredVersion: served[0] };
}

function resourceList(group: string, version: string, catalog: Catalog): object | undefined {
  if (catalog.groups.every(({ name, versions }) => name !== group || !versions.includes(version))) return undefined;
  const resources = [...catalog.in(group, version).flatMap(entriesOf), ...(REVIEWS[`${group}/${version}`] ?? [])];
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf({ group, version }), resources };
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** Changes when a kind is stored in another version (`discovery.StorageVersionHash`). */
function storageVersionHash({ group, version, kind }: ServedResource['resource']): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64');
}

export function verbsOf({ resource, custom }: ServedResource): readonly string[] {
  if (custom !== undefined) return CUSTOM_VERBS;
  return resource.plural === 'namespaces' ? VERBS.filter((verb) => verb !== 'deletecollection') : VERBS;
}

function entriesOf(served: ServedResource): readonly object[] {
  const { resource, singular, shortNames, categories, hasStatus } = served;
  const { plural, namespaced, kind } = resource;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: verbsOf(served),
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories.length > 0 && { categories }),
      storageVersionHash: storageVersionHash(resource),
    },
    ...(hasStatus ? [{ name: `${plural}/status`, singularName: '', namespaced, kind, verbs: ['get', 'patch', 'update'] }] : []),
    ...(plural === 'pods' ? [{ name: 'pods/log', singularName: '', namespaced, kind, verbs: ['get'] }] : []),
  ];
}

function review(kind: string): object {
  const singular = kind.toLowerCase();
  return { name: `${singular}s`, singularName: singular, namespaced: false, kind, verbs: ['create'] };
}

const REVIEWS: Readonly<Record<string, readonly object[]>> = {
  'authentication.k8s.io/v1': [review('SelfSubjectReview')],
  'authorization.k8s.io/v1': [review('SelfSubjectAccessReview'), review('SelfSubjectRulesReview')],
};
