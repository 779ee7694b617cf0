import assert from 'node:assert/strict';
import { hasErrors } from '../../src/kubeblocks/finding';
import type { AnyObject, Backup } from '../../src/kubeblocks/objects';
import { planVolumeRestore, type VolumeRestorePlan } from '../../src/kubeblocks/volumeRestorePlan';
import { volumesIn, type VolumeRestoreRequest } from '../../src/kubeblocks/volumeRestoreRequest';
import { followVolumeRestore, readVolumes, type VolumeRestoreOutcome } from '../../src/operations/volumeRestore';
import { WORKLOADS } from '../../src/operations/workloadKinds';
import type { Product } from '../cluster/support/product';

/** What is asked of a namespace with one database and its backups, on the playground and on real controllers alike. */
export interface RestoredVolumes {
  readonly product: Product;
  /** Completed, with files in a repository. */
  readonly full: Backup;
  /** Completed, of snapshots. */
  readonly snapshot: Backup;
  readonly storageClass: string;
}

type Asked = { readonly backup: Backup } & ({ readonly stage: 'prepareData'; readonly claims: Extract<VolumeRestoreRequest, { stage: 'prepareData' }>['claims'] } | { readonly stage: 'postReady'; readonly cluster: string });

export async function planned({ product }: RestoredVolumes, asked: Asked): Promise<VolumeRestorePlan> {
  const around = await readVolumes(product.deps.api, product.namespace);
  return planVolumeRestore(product.inventory, { namespace: product.namespace, ...asked }, around, { now: product.deps.clock.now(), timeZone: 'UTC' });
}

/** Creates what was planned, where nothing forbids it, and follows it to its end. */
export async function run({ product }: RestoredVolumes, { resource, object, findings }: VolumeRestorePlan, backup: Backup): Promise<VolumeRestoreOutcome> {
  assert.ok(!hasErrors(findings), JSON.stringify(findings));
  await product.submissions.submit(resource, object);
  return followVolumeRestore(product.deps, { name: object.metadata.name, namespace: product.namespace, fromSnapshot: backup.status?.backupMethod?.snapshotVolumes === true });
}

/** A claim that somebody made. */
export async function createClaim({ product, storageClass }: RestoredVolumes, name: string): Promise<void> {
  const spec = { accessModes: ['ReadWriteOnce'], storageClassName: storageClass, resources: { requests: { storage: '20Gi' } } };
  await product.deps.api.create(WORKLOADS.claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace: product.namespace }, spec });
}

export async function claimNamed({ product }: RestoredVolumes, name: string): Promise<AnyObject> {
  return product.deps.api.get(WORKLOADS.claim, name, product.namespace);
}

/** The volume that all backups of the database hold. */
export function volumeOf(backup: Backup): string {
  const [volume] = volumesIn(backup);
  assert.ok(volume, 'the backup holds a volume');
  return volume.name;
}
