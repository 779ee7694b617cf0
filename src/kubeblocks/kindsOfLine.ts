import { KINDS, type KindId, type KubeBlocksLine } from './kinds';
import type { Resource } from './resource';

/** Where lines before 1.0 serve a kind elsewhere than `KINDS` says (CRDs under `deploy/helm/crds` of each line). */
const BEFORE_1_0: Partial<Record<KindId, Pick<Resource, 'group' | 'version'>>> = {
  cluster: { group: 'apps.kubeblocks.io', version: 'v1alpha1' },
  opsRequest: { group: 'apps.kubeblocks.io', version: 'v1alpha1' },
  backupPolicyTemplate: { group: 'apps.kubeblocks.io', version: 'v1alpha1' },
};
const BEFORE_0_9: typeof BEFORE_1_0 = {
  ...BEFORE_1_0,
  storageProvider: { group: 'storage.kubeblocks.io', version: 'v1alpha1' },
};

const MOVED: Partial<Record<KubeBlocksLine, typeof BEFORE_1_0>> = { '0.7': BEFORE_0_9, '0.8': BEFORE_0_9, '0.9': BEFORE_1_0 };

/** The resource of a kind on a line. */
export function resourceOnLine(kind: KindId, line: KubeBlocksLine): Resource {
  return { ...KINDS[kind], ...MOVED[line]?.[kind] };
}

/** The resource of a kind that every line serves alike; undefined where they differ. */
export function resourceOnEveryLine(kind: KindId): Resource | undefined {
  return Object.values(MOVED).some((moved) => kind in moved) ? undefined : KINDS[kind];
}
