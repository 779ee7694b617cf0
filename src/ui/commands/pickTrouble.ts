import * as l10n from '@vscode/l10n';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import { KINDS, type KindId } from '../../kubeblocks/kinds';
import type { KubeObject } from '../../kubeblocks/objects';
import { repositoryState } from '../../kubeblocks/repositoryState';
import { opsState, restoreState } from '../../kubeblocks/restoreState';
import type { App } from '../app';
import { refOf, type ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { backupChoices, hasTrouble, pickRef, requireChoices, requireInventory } from './pickObject';

const LISTS: readonly CollectionName[] = ['backups', 'clusters'];

/** Asks for one of what failed or has not ended: backup sets first, then restores, requests, schedules and repositories. */
export async function pickTrouble(app: App, title: string): Promise<ObjectRef> {
  const inventory = await requireInventory(app, LISTS);
  const choices = troubleChoices(app, inventory);
  requireChoices(inventory, LISTS, choices, l10n.t('There is nothing to choose: everything ended well, and nothing is under way.'));
  return pickRef(app, title, choices);
}

function troubleChoices(app: App, inventory: Inventory): readonly Choice<ObjectRef>[] {
  const { entries, unassigned } = indexClusters(inventory);
  const backups = [...[...entries.values()].flatMap((entry) => entry.backups), ...unassigned].filter(hasTrouble);
  const of = <T extends KubeObject>(kind: KindId, icon: string, items: ReadonlyMap<string, T>, isBad: (object: T) => boolean): readonly Choice<ObjectRef>[] =>
    [...items.values()].filter(isBad).map((object) => choice(kind, icon, object));
  return [
    ...backupChoices(backups, app.time()),
    ...of('restore', 'discard', inventory.restores.items, (restore) => restoreState(restore) !== 'completed'),
    ...of('opsRequest', 'tasklist', inventory.opsRequests.items, (ops) => opsState(ops) !== 'succeeded'),
    ...of('backupSchedule', 'watch', inventory.schedules.items, ({ status }) => status?.phase === 'Failed'),
    ...of('backupRepo', 'cloud-upload', inventory.repos.items, (repo) => repositoryState(repo) !== 'ready'),
  ];
}

function choice(kind: KindId, icon: string, object: KubeObject & { readonly status?: { readonly phase?: string } }): Choice<ObjectRef> {
  const { name, namespace } = object.metadata;
  const description = [KINDS[kind].kind, ...(namespace === undefined ? [] : [namespace]), ...(object.status?.phase === undefined ? [] : [object.status.phase])].join(' · ');
  return { label: name, description, icon, value: refOf(kind, object) };
}
