import type { AnyObject } from '../../../kubeblocks/objects';
import { column, NAME, WIDE, type Column } from './column';
import { has, list, text } from './read';

const ACCESS_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export function volumeColumns(age: Column): readonly Column[] {
  return [
    NAME,
    column('Capacity', (volume) => text(volume, 'spec.capacity.storage')),
    column('Access Modes', (volume) => accessModes(volume, 'spec.accessModes')),
    column('Reclaim Policy', (volume) => text(volume, 'spec.persistentVolumeReclaimPolicy')),
    column('Status', (volume) => terminatingOr(volume, text(volume, 'status.phase'))),
    column('Claim', claimOf),
    column('StorageClass', (volume) => text(volume, 'spec.storageClassName')),
    column('VolumeAttributesClass', (volume) => text(volume, 'spec.volumeAttributesClassName', '<unset>')),
    column('Reason', (volume) => text(volume, 'status.reason')),
    age,
    column('VolumeMode', (volume) => text(volume, 'spec.volumeMode', '<unset>'), WIDE),
  ];
}

export function claimColumns(age: Column): readonly Column[] {
  const isBound = (claim: AnyObject): boolean => text(claim, 'spec.volumeName') !== '';
  return [
    NAME,
    column('Status', (claim) => terminatingOr(claim, text(claim, 'status.phase'))),
    column('Volume', (claim) => text(claim, 'spec.volumeName')),
    column('Capacity', (claim) => (isBound(claim) ? text(claim, 'status.capacity.storage') : '')),
    column('Access Modes', (claim) => (isBound(claim) ? accessModes(claim, 'status.accessModes') : '')),
    column('StorageClass', (claim) => text(claim, 'spec.storageClassName')),
    column('VolumeAttributesClass', (claim) => text(claim, 'spec.volumeAttributesClassName', '<unset>')),
    age,
    column('VolumeMode', (claim) => text(claim, 'spec.volumeMode', '<unset>'), WIDE),
  ];
}

export function storageClassColumns(age: Column): readonly Column[] {
  return [
    column('Name', ({ metadata }) => `${metadata.name}${metadata.annotations?.[DEFAULT_CLASS] === 'true' ? ' (default)' : ''}`, { format: 'name' }),
    column('Provisioner', (storageClass) => text(storageClass, 'provisioner')),
    column('ReclaimPolicy', (storageClass) => text(storageClass, 'reclaimPolicy', 'Delete')),
    column('VolumeBindingMode', (storageClass) => text(storageClass, 'volumeBindingMode', '<unset>')),
    column('AllowVolumeExpansion', (storageClass) => storageClass.allowVolumeExpansion === true),
    age,
  ];
}

export function csiDriverColumns(age: Column): readonly Column[] {
  const flag = (field: string, fallback: boolean) => (driver: AnyObject) => text(driver, `spec.${field}`, String(fallback)) === 'true';
  const boolean = { type: 'boolean' };
  return [
    NAME,
    column('AttachRequired', flag('attachRequired', true), boolean),
    column('PodInfoOnMount', flag('podInfoOnMount', false), boolean),
    column('StorageCapacity', flag('storageCapacity', false), boolean),
    column('TokenRequests', (driver) => list(driver, 'spec.tokenRequests').map((one) => text(one, 'audience')).join(',') || '<unset>'),
    column('RequiresRepublish', flag('requiresRepublish', false), boolean),
    column('Modes', (driver) => list(driver, 'spec.volumeLifecycleModes').join(',') || 'Persistent'),
    age,
  ];
}

function accessModes(object: AnyObject, path: string): string {
  return list(object, path).map((mode) => ACCESS_MODES[String(mode)] ?? String(mode)).join(',');
}

function claimOf(volume: AnyObject): string {
  return has(volume, 'spec.claimRef') ? `${text(volume, 'spec.claimRef.namespace')}/${text(volume, 'spec.claimRef.name')}` : '';
}

function terminatingOr({ metadata }: AnyObject, phase: string): string {
  return metadata.deletionTimestamp === undefined ? phase : 'Terminating';
}
