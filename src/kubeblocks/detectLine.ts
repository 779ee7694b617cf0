import type { KubeBlocksLine } from './kinds';

/** What a cluster shows of its KubeBlocks. */
export interface LineEvidence {
  /** Whether discovery lists the resource. */
  readonly serves: (group: string, version: string, plural: string) => boolean;
  /** Whether a CRD's schema has a field; undefined where the CRD may not be read. */
  readonly hasField: (crd: LineCrd, path: string) => boolean | undefined;
}

/** The CRDs whose schemas tell neighbouring lines apart. */
export type LineCrd = 'clusters.apps.kubeblocks.io' | 'backuppolicytemplates.dataprotection.kubeblocks.io' | 'opsrequests.apps.kubeblocks.io';

const APPS = 'apps.kubeblocks.io';
const DATA_PROTECTION = 'dataprotection.kubeblocks.io';
const OPERATIONS = 'operations.kubeblocks.io';

/**
 * The line of KubeBlocks a cluster runs, from its API and not from a version string, which custom builds set freely.
 * `tooOld` is 0.5 or 0.6, whose backup kinds are others; undefined where KubeBlocks is not installed. Where a schema
 * may not be read, the oldest line is assumed that the groups and versions allow.
 */
export function detectLine(evidence: LineEvidence): KubeBlocksLine | 'tooOld' | undefined {
  const { serves } = evidence;
  if (!serves(DATA_PROTECTION, 'v1alpha1', 'backups')) {
    return undefined;
  }
  if (!servesBackups(serves)) {
    return 'tooOld';
  }
  const isSince1 = serves(OPERATIONS, 'v1alpha1', 'opsrequests') || serves(APPS, 'v1', 'clusters');
  return isSince1 ? since1(evidence) : before1(evidence);
}

/** Whether it serves the backup kinds of 0.7 and later. */
export function servesBackups(serves: LineEvidence['serves']): boolean {
  return serves(DATA_PROTECTION, 'v1alpha1', 'backups') && serves(DATA_PROTECTION, 'v1alpha1', 'actionsets');
}

/** 1.2 restores by `Cluster.spec.restore` and serves clusters as v1 alone; 1.1 records which definitions a template fits. */
function since1({ serves, hasField }: LineEvidence): KubeBlocksLine {
  const restoresBySpec = hasField('clusters.apps.kubeblocks.io', 'spec.restore');
  if (restoresBySpec ?? !serves(APPS, 'v1alpha1', 'clusters')) {
    return '1.2';
  }
  const matchesDefinitions = hasField('backuppolicytemplates.dataprotection.kubeblocks.io', 'status.matchedCompDefs');
  return matchesDefinitions === true ? '1.1' : '1.0';
}

/** 0.9 moved storage providers into the data-protection group; 0.8 brought OpsRequests that restore. */
function before1({ serves, hasField }: LineEvidence): KubeBlocksLine {
  if (serves(DATA_PROTECTION, 'v1alpha1', 'storageproviders') || hasField('opsrequests.apps.kubeblocks.io', 'spec.restore') === true) {
    return '0.9';
  }
  return hasField('opsrequests.apps.kubeblocks.io', 'spec.restoreSpec') === true ? '0.8' : '0.7';
}
