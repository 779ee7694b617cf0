import type { AnyObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { nextPeriod } from '../runtime/coalesce';
import { edit, isDeleting, patchStatus, read, readAll, refOf, remove } from '../runtime/edits';
import type { Controller, World } from '../world';
import { isFaulty } from './work';
import type { PersistentVolumeClaim } from './workload';

/** The CSI driver of the playground's storage classes. */
export const CSI_DRIVER = 'csi.playground.local';

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
const PROVISION_MS = 300;
const RETRY_MS = 10_000;

/** CSI provisioner and volume binder: makes a volume for each claim and binds the two. */
export const csiProvisioner: Controller = {
  name: 'csi-provisioner',
  watches: [{ resource: RESOURCES.persistentVolumeClaim }],
  reconcile(ref, world) {
    const claim = read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, ref);
    if (claim === undefined) {
      releaseVolumes(ref.namespace ?? '', ref.name, world);
      return undefined;
    }
    if (isDeleting(claim) || claim.status?.phase === 'Bound') return undefined;
    if (claim.metadata.annotations?.['volume.kubernetes.io/storage-provisioner'] === undefined) {
      announce(claim, world);
      return { requeueAfterMs: PROVISION_MS };
    }
    if (isFilledByOthers(claim)) return undefined;
    if (isFaulty(world, 'pvc-pending', claim)) {
      refuse(claim, world);
      return { requeueAfterMs: nextPeriod(RETRY_MS, world.clock) };
    }
    if (claim.spec?.volumeName === undefined) createVolume(claim, world);
    bind(claim, world);
    return undefined;
  },
};

/** A claim from a source that is no snapshot gets its volume from whoever fills it. */
function isFilledByOthers({ spec }: PersistentVolumeClaim): boolean {
  const { dataSourceRef } = spec as { readonly dataSourceRef?: { readonly apiGroup?: string } };
  return (dataSourceRef?.apiGroup ?? SNAPSHOT_GROUP) !== SNAPSHOT_GROUP && spec?.volumeName === undefined;
}

function announce(claim: PersistentVolumeClaim, world: World): void {
  const provisioner = provisionerOf(claim, world);
  if (claim.status?.phase === undefined) patchStatus(world, RESOURCES.persistentVolumeClaim, claim, { phase: 'Pending' });
  edit(world, RESOURCES.persistentVolumeClaim, claim, {
    annotations: {
      'volume.beta.kubernetes.io/storage-provisioner': provisioner,
      'volume.kubernetes.io/storage-provisioner': provisioner,
    },
  });
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  world.event(claim, 'Normal', 'ExternalProvisioning', message, 'persistentvolume-controller');
}

/** The fault `pvc-pending`: the storage has no room, and is asked again. */
function refuse(claim: PersistentVolumeClaim, world: World): void {
  const provisioner = provisionerOf(claim, world);
  const why = world.faults.detail('pvc-pending') ?? 'rpc error: code = ResourceExhausted desc = not enough free space in the storage pool';
  const message = `failed to provision volume with StorageClass "${claim.spec?.storageClassName ?? ''}": ${why}`;
  world.event(claim, 'Warning', 'ProvisioningFailed', message, provisioner);
}

function provisionerOf(claim: PersistentVolumeClaim, world: World): string {
  const className = claim.spec?.storageClassName;
  const storageClass = className === undefined ? defaultStorageClass(world) : world.store.get(RESOURCES.storageClass, { name: className });
  return typeof storageClass?.provisioner === 'string' ? storageClass.provisioner : CSI_DRIVER;
}

function defaultStorageClass(world: World): AnyObject | undefined {
  return world.store.list(RESOURCES.storageClass).find(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
}

function volumeNameOf(claim: PersistentVolumeClaim): string {
  return `pvc-${claim.metadata.uid ?? ''}`;
}

function createVolume(claim: PersistentVolumeClaim, world: World): void {
  const name = volumeNameOf(claim);
  if (world.store.get(RESOURCES.persistentVolume, { name }) !== undefined) return;
  const driver = provisionerOf(claim, world);
  const volume = world.store.create(RESOURCES.persistentVolume, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': driver } },
    spec: {
      accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
      capacity: { storage: claim.spec?.resources?.requests?.storage ?? '1Gi' },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: claim.metadata.namespace,
        name: claim.metadata.name,
        uid: claim.metadata.uid,
      },
      csi: { driver, volumeHandle: name },
      persistentVolumeReclaimPolicy: 'Delete',
      ...(claim.spec?.storageClassName === undefined ? {} : { storageClassName: claim.spec.storageClassName }),
      volumeMode: 'Filesystem',
    },
  });
  patchStatus(world, RESOURCES.persistentVolume, volume, { phase: 'Bound' });
}

function bind(claim: PersistentVolumeClaim, world: World): void {
  edit(world, RESOURCES.persistentVolumeClaim, claim, {
    annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
    spec: { volumeName: claim.spec?.volumeName ?? volumeNameOf(claim) },
  });
  patchStatus(world, RESOURCES.persistentVolumeClaim, claim, {
    phase: 'Bound',
    accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
    capacity: { storage: claim.spec?.resources?.requests?.storage ?? '1Gi' },
  });
}

/** Reclaim policy Delete: a volume goes with its claim. */
function releaseVolumes(namespace: string, name: string, world: World): void {
  for (const volume of readAll(world, RESOURCES.persistentVolume)) {
    const { claimRef } = (volume as { spec?: { claimRef?: { namespace?: string; name?: string } } }).spec ?? {};
    if (claimRef?.namespace === namespace && claimRef.name === name) remove(world, RESOURCES.persistentVolume, refOf(volume));
  }
}
