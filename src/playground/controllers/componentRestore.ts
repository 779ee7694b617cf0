import type { AnyObject, Backup, Restore } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, read } from '../runtime/edits';
import type { World } from '../world';
import { APPS_ANNOTATION } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import type { ComponentParts } from './componentParts';
import { restoreEntries, withoutEntry, type RestoreEntry } from './componentRestoreEntry';
import { postReadyRestore, prepareDataRestore, restoreName } from './componentRestoreObjects';
import { ANNOTATION, LABEL } from './names';

/** `done`: nothing (more) to wait for. `waiting`: a Restore is at work. `stuck`: nothing will come of it by itself. */
export type RestoreStep = 'done' | 'waiting' | 'stuck';

/** The annotation's entry for this component, until its restore is done. */
export function restoreEntryOf({ component, publicName }: ComponentParts): RestoreEntry | undefined {
  const annotations = component.metadata.annotations;
  if (annotations?.[APPS_ANNOTATION.restoreDone] === 'true' || annotations?.[APPS_ANNOTATION.skipRestore] === 'true') return undefined;
  return restoreEntries(annotations?.[ANNOTATION.restoreFromBackup])[publicName];
}

/** `DoRestore` up to the pods: fills the volumes (`pkg/controller/plan/restore.go`). */
export function prepareData(parts: ComponentParts, entry: RestoreEntry, world: World): RestoreStep {
  const backup = backupOf(parts, entry, world);
  if (backup === undefined) return 'stuck';
  const wanted = prepareDataRestore(parts, entry, backup);
  return wanted === undefined ? 'done' : follow(parts, 'preparedata', wanted, world);
}

/** The stage after the component is Running; ends the restore and takes its entry out of the Cluster's annotation. */
export function postReady(parts: ComponentParts, entry: RestoreEntry, world: World): RestoreStep {
  if (entry.doReadyRestoreAfterClusterRunning === 'true' && parts.cluster.status?.phase !== 'Running') return 'waiting';
  const backup = backupOf(parts, entry, world);
  if (backup === undefined) return 'stuck';
  const step = follow(parts, 'postready', postReadyRestore(parts, entry, backup), world);
  if (step === 'done') finish(parts, world);
  return step;
}

/** Only `status.backupMethod` is asked for here; phase and type are the Restore controller's business. */
function backupOf(parts: ComponentParts, { name = '', namespace }: RestoreEntry, world: World): Backup | undefined {
  const backup = read<Backup>(world, RESOURCES.backup, { namespace: namespace ?? parts.namespace, name });
  const problem =
    name === ''
      ? `failed to restore component ${parts.name}, backup name is empty`
      : backup === undefined
        ? `Backup.dataprotection.kubeblocks.io "${name}" not found`
        : backup.status?.backupMethod === undefined
          ? `status.backupMethod of backup "${name}" can not be empty`
          : undefined;
  if (problem === undefined) return backup;
  tellFailure(parts, problem, world);
  return undefined;
}

function tellFailure({ component }: ComponentParts, message: string, world: World): void {
  world.event(component, 'Warning', 'RestoreFailed', message, 'component-controller');
}

function follow(parts: ComponentParts, stage: 'preparedata' | 'postready', wanted: object, world: World): RestoreStep {
  const name = restoreName(parts, stage);
  const restore = read<Restore>(world, RESOURCES.restore, { namespace: parts.namespace, name });
  if (restore === undefined) {
    world.store.create(RESOURCES.restore, wanted as AnyObject);
    world.event(parts.component, 'Normal', 'NeedWaiting', `waiting for restore "${name}" successfully`, 'component-controller');
    return 'waiting';
  }
  if (restore.status?.phase === 'Completed') return 'done';
  if (restore.status?.phase !== 'Failed') return 'waiting';
  tellFailure(parts, `restore "${name}" status is Failed, you can describe it and re-restore the cluster.`, world);
  return 'stuck';
}

/** With several shards the entry stays until the last of them is done. */
function finish(parts: ComponentParts, world: World): void {
  const { component, cluster, publicName, namespace } = parts;
  edit(world, RESOURCES.component, component, {
    annotations: { [APPS_ANNOTATION.restoreDone]: 'true', [ANNOTATION.restoreFromBackup]: undefined },
  });
  const labels = { [LABEL.instance]: cluster.metadata.name, [LABEL.sharding]: publicName };
  const pending = world.store
    .list(RESOURCES.component, { namespace, labels })
    .filter(({ metadata }) => metadata.annotations?.[APPS_ANNOTATION.skipRestore] !== 'true')
    .some(({ metadata }) => restoreEntries(metadata.annotations?.[ANNOTATION.restoreFromBackup])[publicName] !== undefined);
  const current = read<PlaygroundCluster>(world, RESOURCES.cluster, { namespace, name: cluster.metadata.name });
  if (pending || current === undefined) return;
  const rest = withoutEntry(current.metadata.annotations?.[ANNOTATION.restoreFromBackup], publicName);
  edit(world, RESOURCES.cluster, current, { annotations: { [ANNOTATION.restoreFromBackup]: rest } });
}
