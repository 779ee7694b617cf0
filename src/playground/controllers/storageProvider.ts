import { RESOURCES } from '../resources';
import { patchStatus, read, readAll, refOf, withCondition } from '../runtime/edits';
import type { Controller, World } from '../world';
import type { Condition } from '../../kubeblocks/objects';
import type { Provider } from './shapes';

/** Ready when the CSI driver it names is installed, or it names none (`controllers/dataprotection/storageprovider_controller.go`). */
export const storageProviderController: Controller = {
  name: 'storage-provider',
  watches: [
    { resource: RESOURCES.storageProvider },
    { resource: RESOURCES.csiDriver, keys: (driver, world) => providersOf(driver.metadata.name, world) },
  ],
  reconcile(ref, world) {
    const provider = read<Provider>(world, RESOURCES.storageProvider, ref);
    if (provider === undefined) return undefined;
    const condition = csiCondition(provider, world);
    const known = (provider.status as { conditions?: readonly Condition[] } | undefined)?.conditions;
    patchStatus(world, RESOURCES.storageProvider, provider, {
      phase: condition.status === 'True' ? 'Ready' : 'NotReady',
      conditions: withCondition(known, condition),
    });
    return undefined;
  },
};

function providersOf(driver: string, world: World): readonly { readonly name: string }[] {
  return readAll<Provider>(world, RESOURCES.storageProvider)
    .filter(({ spec }) => spec?.csiDriverName === driver)
    .map(refOf);
}

function csiCondition(provider: Provider, world: World): Condition {
  const driver = provider.spec?.csiDriverName ?? '';
  const isThere = driver === '' || world.store.get(RESOURCES.csiDriver, { name: driver }) !== undefined;
  return {
    type: 'CSIDriverInstalled',
    status: isThere ? 'True' : 'Unknown',
    reason: isThere ? 'CSIDriverObjectFound' : 'CheckCSIDriverFailed',
    message: isThere ? '' : `CSIDriver.storage.k8s.io "${driver}" not found`,
    lastTransitionTime: world.clock.timestamp(),
    observedGeneration: provider.metadata.generation ?? 1,
  };
}
