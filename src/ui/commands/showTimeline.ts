import * as l10n from '@vscode/l10n';
import { backupType } from '../../kubeblocks/backupState';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { CommandError } from '../commandError';
import { refOf, type ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { timelineEntry } from '../timeline/timelineEntry';
import { simple } from './command';
import { pickRef, requireChoices, requireInventory } from './pickObject';

/** Shows which instants of a cluster can be restored. */
export const showTimeline = simple(async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'policies', 'actionSets', 'schedules']);
  const entries = [...indexClusters(inventory).entries.values()];
  const target = ref ?? (await pick());
  const entry = timelineEntry(inventory, target);
  if (entry !== undefined && !hasLog(entry)) {
    throw new CommandError(l10n.t('{0} has no log backup, so only its backup sets themselves can be restored, not an instant between them. Turn on a log backup in its schedule.', entry.name));
  }
  await app.timelines.show({ context: inventory.context, ref: entry === undefined ? target : refOfEntry(entry) });

  function pick(): Promise<ObjectRef> {
    const choices = entries.filter(hasLog).map(choiceOf);
    requireChoices(inventory, ['backups'], choices, l10n.t('There is no recovery timeline to show: no cluster has a log backup.'));
    return pickRef(app, l10n.t('Recovery timeline of'), choices);
  }
});

function hasLog({ backups }: ClusterEntry): boolean {
  return backups.some((backup) => backupType(backup) === 'Continuous');
}

function choiceOf(entry: ClusterEntry): Choice<ObjectRef> {
  const { name, namespace, cluster } = entry;
  const description = cluster === undefined ? l10n.t('{0} · gone; its backups are left', namespace) : namespace;
  return { label: name, description, icon: 'history', value: refOfEntry(entry) };
}

/** A cluster that is gone is found by one of its log backups: its name may be another's now. */
function refOfEntry({ name, namespace, cluster, backups }: ClusterEntry): ObjectRef {
  const log = cluster === undefined ? backups.find((backup) => backupType(backup) === 'Continuous') : undefined;
  return log === undefined ? { kind: 'cluster', namespace, name } : refOf('backup', log);
}
