import type { KubeBlocksLine } from '../kubeblocks/kinds';
import type { CrdDefinition, StructuralSchema } from '../kubeblocks/schema/crd';
import type { StorageProviders } from './storageProviders';

/** What a KubeBlocks line (or one connected cluster) speaks. */
export interface Dialect {
  readonly line: KubeBlocksLine;
  /** Undefined where this group and version does not serve the kind. */
  readonly kindOf: (apiVersion: string, kind: string) => ServedKind | undefined;
  /** The apiVersions that serve a kind here, KubeBlocks' own first the stored one. */
  readonly versionsOf: (kind: string) => readonly string[];
  readonly kinds: readonly ServedKind[];
  readonly storageProviders: StorageProviders;
}

export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** A write to the object drops its status before it is validated. */
  readonly hasStatus: boolean;
  /** Expanded when it is first read. */
  readonly schema: StructuralSchema;
}

export interface DialectParts {
  readonly line: KubeBlocksLine;
  readonly crds: readonly CrdDefinition[];
  /** What a connected cluster has installed; each of its definitions replaces ours. */
  readonly liveCrds?: readonly CrdDefinition[];
  readonly storageProviders: StorageProviders;
}

export function createDialect({ line, crds, liveCrds = [], storageProviders }: DialectParts): Dialect {
  const live = new Set(liveCrds.map(nameOf));
  const kinds = [...liveCrds, ...crds.filter((crd) => !live.has(nameOf(crd)))].flatMap(servedKinds);
  const byName = new Map(kinds.map((served) => [`${served.apiVersion} ${served.kind}`, served]));
  return {
    line,
    kinds,
    storageProviders,
    kindOf: (apiVersion, kind) => byName.get(`${apiVersion} ${kind}`),
    versionsOf: (kind) => kinds.filter((served) => served.kind === kind).map(({ apiVersion }) => apiVersion),
  };
}

/** `dataprotection.kubeblocks.io` of `dataprotection.kubeblocks.io/v1alpha1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : '';
}

export function isKubeBlocksGroup(group: string): boolean {
  return group === 'kubeblocks.io' || group.endsWith('.kubeblocks.io');
}

function nameOf({ plural, group }: CrdDefinition): string {
  return `${plural}.${group}`;
}

function servedKinds(crd: CrdDefinition): ServedKind[] {
  return [...crd.versions]
    .filter(({ served }) => served)
    .sort((a, b) => Number(b.storage) - Number(a.storage))
    .map((version) => ({
      apiVersion: `${crd.group}/${version.name}`,
      kind: crd.kind,
      namespaced: crd.namespaced,
      hasStatus: version.hasStatus,
      get schema() {
        return version.schema;
      },
    }));
}
