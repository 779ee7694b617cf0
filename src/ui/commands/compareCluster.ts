import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import { createdAt } from '../../kubeblocks/backupState';
import { entryOfBackup } from '../../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../../kubeblocks/inventory';
import { ANNOTATIONS } from '../../kubeblocks/labels';
import type { AnyObject, Backup } from '../../kubeblocks/objects';
import { clusterInBackup, clusterNow } from '../../operations/clusterInBackup';
import { comparable, isUnchanged } from '../../operations/comparable';
import { isObjectRef, type ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { simple } from './command';
import { valueOf } from './manifestTarget';
import { notify } from './notify';
import { backupChoices, clusterChoices, pickBackup, requireChoices, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Shows in the diff editor what changed in a cluster's definition since a backup was taken, or between two backups. */
export const compareCluster = simple(async (app, { ref, argument }) => {
  const title = l10n.t('Compare Cluster in Backup');
  const inventory = await requireInventory(app, ['backups', 'clusters']);
  const source = ref?.kind === 'backup' ? ref : await pickBackup(app, title, keepsCluster);
  const backup = inventory.backups.items.get(objectKey(source.namespace, source.name));
  const choices = [...otherClusters(inventory, backup, source), ...backupChoices(otherBackups(inventory, backup), app.time())];
  if (meant(argument) === undefined) requireChoices(inventory, ['clusters', 'backups'], choices, l10n.t('There is nothing to compare {0} with: neither its cluster nor another of its backup sets is left.', source.name));
  const other = meant(argument) ?? valueOf(await app.prompts.pick({ title: l10n.t('Compare the cluster in {0} with', source.name), placeholder: l10n.t('Type to search'), choices }));

  const operations = requireOperations(app, inventory.context);
  const read = (of: ObjectRef, signal: AbortSignal): Promise<AnyObject> => (of.kind === 'backup' ? clusterInBackup(operations, of, signal) : clusterNow(operations, inventory.line, of, signal));
  const [older, newer] = inOrder(inventory, source, other);
  const [was, is] = valueOf(await app.prompts.busy({ title, placeholder: l10n.t('Reading both…') }, (signal) => Promise.all([read(older, signal), read(newer, signal)])));
  if (isUnchanged(was, is)) {
    notify(app, 'info', l10n.t('No difference: the cluster in {0} is as in {1}.', older.name, newer.name), []);
    return;
  }
  const { before = was, after } = comparable(was, is);
  await app.documents.compare(l10n.t('{0} ↔ {1}', sideTitle(older), sideTitle(newer)), side(older, before), side(newer, after));
});

/** With what, where whoever calls the command knows. */
function meant(argument: unknown): ObjectRef | undefined {
  const { with: other } = (typeof argument === 'object' && argument !== null ? argument : {}) as { readonly with?: unknown };
  return isObjectRef(other) && (other.kind === 'cluster' || other.kind === 'backup') ? other : undefined;
}

/** Its own cluster first, then others: one that was restored from it, say. */
function otherClusters(inventory: Inventory, backup: Backup | undefined, source: ObjectRef): readonly Choice<ObjectRef>[] {
  const own = backup === undefined ? undefined : entryOfBackup(inventory, backup)?.cluster;
  const isOwn = ({ value }: Choice<ObjectRef>): boolean => value.name === own?.metadata.name && value.namespace === own.metadata.namespace;
  const clusters = clusterChoices(inventory).filter(({ value }) => value.namespace === source.namespace);
  return [...clusters.filter(isOwn), ...clusters.filter((choice) => !isOwn(choice))];
}

function otherBackups(inventory: Inventory, backup: Backup | undefined): readonly Backup[] {
  const entry = backup === undefined ? undefined : entryOfBackup(inventory, backup);
  return entry?.backups.filter((each) => each.metadata.name !== backup?.metadata.name && keepsCluster(each)) ?? [];
}

/** Of two backups the older first; a cluster as it is now is newer than any. */
function inOrder(inventory: Inventory, source: ObjectRef, other: ObjectRef): readonly [ObjectRef, ObjectRef] {
  const made = ({ namespace, name }: ObjectRef): number => {
    const backup = inventory.backups.items.get(objectKey(namespace, name));
    return backup === undefined ? 0 : createdAt(backup);
  };
  return other.kind === 'backup' && made(other) < made(source) ? [other, source] : [source, other];
}

function sideTitle({ kind, name }: ObjectRef): string {
  return kind === 'backup' ? l10n.t('cluster in {0}', name) : l10n.t('{0} now', name);
}

function side(ref: ObjectRef, cluster: AnyObject): { readonly name: string; readonly text: string } {
  return { name: `${sideTitle(ref)}.yaml`, text: stringify(cluster, { sortMapEntries: true, lineWidth: 0 }) };
}

/** A list says of the copy only that it is there. */
function keepsCluster({ metadata }: Backup): boolean {
  return metadata.annotations?.[ANNOTATIONS.clusterSnapshot] !== undefined;
}
