import type { CrdDefinition } from '../../kubeblocks/schema/crd';
import { BUILT_IN_RESOURCES } from './builtInResources';
import type { ServedResource } from './servedResource';

/** Everything that is served, in the order discovery lists it. */
export interface Catalog {
  readonly resources: readonly ServedResource[];
  /** `['', 'v1']` for core; groups in discovery's order, each with its preferred version first. */
  readonly groups: readonly { readonly name: string; readonly versions: readonly string[] }[];
  /** The kinds of one group and version. */
  in(group: string, version: string): readonly ServedResource[];
  find(group: string, version: string, plural: string): ServedResource | undefined;
}

/** Groups that serve only reviews, which are answered and not stored. */
const REVIEW_GROUPS = ['authentication.k8s.io', 'authorization.k8s.io'];

export function createCatalog(crds: readonly CrdDefinition[]): Catalog {
  const resources = [...BUILT_IN_RESOURCES, ...crds.flatMap(servedOf)];
  const byPath = new Map(
    resources.flatMap((served) => served.versions.map((version) => [`${served.resource.group}/${version}/${served.resource.plural}`, served])),
  );
  const groups = new Map<string, Set<string>>(REVIEW_GROUPS.map((name) => [name, new Set(['v1'])]));
  for (const { resource, versions } of resources) {
    const known = groups.get(resource.group) ?? new Set();
    groups.set(resource.group, known);
    for (const version of versions) known.add(version);
  }
  return {
    resources,
    groups: [...groups].map(([name, versions]) => ({ name, versions: [...versions] })),
    in: (group, version) => resources.filter((served) => served.resource.group === group && served.versions.includes(version)),
    find: (group, version, plural) => byPath.get(`${group}/${version}/${plural}`),
  };
}

function servedOf(crd: CrdDefinition): readonly ServedResource[] {
  const served = crd.versions.filter((version) => version.served);
  const stored = crd.versions.find((version) => version.storage) ?? served[0];
  if (stored === undefined || served.length === 0) return [];
  const { group, kind, plural, namespaced, listKind, singular, shortNames, categories } = crd;
  return [
    {
      resource: { group, version: stored.name, kind, plural, namespaced },
      versions: served.map(({ name }) => name).sort(byPriority),
      listKind,
      singular,
      shortNames,
      categories,
      hasStatus: stored.hasStatus,
      custom: { columns: Object.fromEntries(served.map(({ name, printerColumns }) => [name, printerColumns])) },
    },
  ];
}

/** Newest stable first, then beta, then alpha (`k8s.io/apimachinery/pkg/version`). */
function byPriority(a: string, b: string): number {
  return rank(b) - rank(a);
}

function rank(version: string): number {
  const [, major = '0', stage, minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  const stability = stage === undefined ? 2 : stage === 'beta' ? 1 : 0;
  return stability * 1e6 + Number(major) * 1e3 + Number(minor);
}
