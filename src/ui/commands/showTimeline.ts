import * as l10n from '@vscode/l10n';
import { backupType } from '../../kubeblocks/backupState';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { CommandError } from '../commandError';
import { refOf, type ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { simple } from './command';
import { pickRef, requireChoices, requireInventory } from './pickObject';

/** Shows which instants of a cluster can be restored. */
export const showTimeline = simple(async (app, { ref }) => {
  const inventory = await requireInventory(app, ['clusters', 'backups', 'policies', 'actionSets', 'schedules']);
  const entries = [...indexClusters(inventory).entries.values()];
  const target = ref ?? (await pick());
  const entry = entries.find((each) => (target.kind === 'cluster' ? each.namespace === target.namespace && each.name === target.name : each.backups.some(({ metadata }) => metadata.name === target.name && metadata.namespace === target.namespace)));
  if (entry !== undefined && !hasLog(entry)) {
    throw new CommandError(l10n.t('{0} has no log backup, so only its backup sets themselves can be restored, not an instant between them. Turn on a log backup in its schedule.', entry.name));
  }
  await app.timelines.show({ context: inventory.context, ref: target });

  function pick(): Promise<ObjectRef> {
    const choices = entries.filter(hasLog).map(choiceOf);
    requireChoices(inventory, ['backups'], choices, l10n.t('There is no recovery timeline to show: no cluster has a log backup.'));
    return pickRef(app, l10n.t('Recovery timeline of'), choices);
  }
});

function hasLog({ backups }: ClusterEntry): boolean {
  return backups.some((backup) => backupType(backup) === 'Continuous');
}

function choiceOf({ name, namespace, cluster, backups }: ClusterEntry): Choice<ObjectRef> {
  const log = backups.find((backup) => backupType(backup) === 'Continuous');
  const value: ObjectRef = cluster === undefined && log !== undefined ? refOf('backup', log) : { kind: 'cluster', namespace, name };
  const description = cluster === undefined ? l10n.t('{0} · gone; its backups are left', namespace) : namespace;
  return { label: name, description, icon: 'history', value };
}
