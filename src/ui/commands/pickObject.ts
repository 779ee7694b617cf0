import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { indexClusters } from '../../kubeblocks/clusterIndex';
import { engineOf, engineWords } from '../../kubeblocks/engine';
import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import { KINDS, type KindId } from '../../kubeblocks/kinds';
import type { Backup, BackupRepo, KubeObject } from '../../kubeblocks/objects';
import { isDefaultRepository, repositoryStateWords } from '../../kubeblocks/repositoryState';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { App } from '../app';
import { CommandError, notTrusted, Cancelled } from '../commandError';
import { whenListed } from '../connection/whenListed';
import { refOf, type ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { backupNode } from '../views/backupNode';

/** How long a command waits for a cluster's lists before it says so. */
const WAIT_MS = 15_000;

/** The inventory with these lists read. Rejects with what a person can do when there is none. */
export async function requireInventory(app: App, names: readonly CollectionName[]): Promise<Inventory> {
  const waiting = new AbortController();
  const limit = AbortSignal.any([waiting.signal, AbortSignal.timeout(WAIT_MS)]);
  try {
    const inventory = await whenListed(app.active, names, limit);
    if (inventory === undefined) {
      throw noCluster(app);
    }
    return usable(inventory);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      throw new CommandError(l10n.t('The cluster did not answer within {0} s. Look at the log, or try again.', WAIT_MS / 1000), {
        action: { label: l10n.t('Try Again'), command: 'kubeblocksBackup.refresh' },
      });
    }
    throw error;
  }
}

function usable(inventory: Inventory): Inventory {
  const { connection, context } = inventory;
  if (connection.state === 'noKubeBlocks') {
    throw new CommandError(l10n.t('{0} has no KubeBlocks: its kinds are not installed. Choose another context, or install KubeBlocks there.', context), {
      action: { label: l10n.t('Choose Context…'), command: 'kubeblocksBackup.chooseContext' },
    });
  }
  if (connection.state === 'failed') {
    throw new CommandError(l10n.t('No connection to {0}: {1}', context, connection.message), {
      action: { label: l10n.t('Try Again'), command: 'kubeblocksBackup.refresh' },
    });
  }
  return inventory;
}

function noCluster({ active }: App): CommandError {
  if (active.state.state === 'untrusted') {
    return notTrusted();
  }
  if (active.state.state === 'unusable') {
    return new CommandError(l10n.t('The kubeconfig cannot be used: {0} Choose another one, or mend it.', active.state.message), {
      action: { label: l10n.t('Choose Kubeconfig…'), command: 'kubeblocksBackup.chooseKubeconfig' },
    });
  }
  return new CommandError(l10n.t('No cluster to talk to: there is no kubeconfig. Choose one, or open the playground.'), {
    action: { label: l10n.t('Open Playground'), command: 'kubeblocksBackup.openPlayground' },
  });
}

export function clusterChoices(inventory: Inventory): readonly Choice<ObjectRef>[] {
  const clusters = [...inventory.clusters.items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cluster]) => cluster);
  return clusters.map((cluster) => ({
    label: cluster.metadata.name,
    description: `${cluster.metadata.namespace ?? ''} · ${engineWords(engineOf(cluster))}`,
    icon: 'database',
    value: refOf('cluster', cluster),
  }));
}

/** Asks for one of the backup sets that fit, newest first within each cluster. */
export async function pickBackup(app: App, title: string, fits: (backup: Backup) => boolean): Promise<ObjectRef> {
  const inventory = await requireInventory(app, ['backups', 'clusters']);
  const { entries, unassigned } = indexClusters(inventory);
  const backups = [...[...entries.values()].flatMap((entry) => entry.backups), ...unassigned].filter(fits);
  requireChoices(inventory, ['backups'], backups, l10n.t('There is no backup set to choose: none fits “{0}”.', title));
  return pickRef(app, title, backupChoices(backups, app.time()));
}

/** Asks for one of the repositories that fit. */
export async function pickRepository(app: App, title: string, fits: (repo: BackupRepo) => boolean): Promise<ObjectRef> {
  const inventory = await requireInventory(app, ['repos']);
  const repos = [...inventory.repos.items.values()].filter(fits).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  requireChoices(inventory, ['repos'], repos, l10n.t('There is no repository to choose: none fits “{0}”.', title));
  const choices = repos.map((repo): Choice<ObjectRef> => {
    const words = [repositoryStateWords(repo), ...(repo.spec?.storageProviderRef === undefined ? [] : [repo.spec.storageProviderRef]), ...(isDefaultRepository(repo) ? [l10n.t('default')] : [])];
    return { label: repo.metadata.name, description: words.join(' · '), icon: 'cloud-upload', value: refOf('backupRepo', repo) };
  });
  return pickRef(app, title, choices);
}

export function backupChoices(backups: readonly Backup[], time: TimeContext): readonly Choice<ObjectRef>[] {
  return backups.map((backup) => choiceOf(backup, time));
}

function choiceOf(backup: Backup, time: TimeContext): Choice<ObjectRef> {
  const { label, description = '', icon } = backupNode(backup, time, 'pick');
  return { label, description, detail: backup.metadata.namespace ?? '', ...(icon === undefined ? {} : { icon }), value: refOf('backup', backup) };
}

/** Throws the reason where there is nothing to choose: a right that is missing, or nothing there. */
export function requireChoices(inventory: Inventory, names: readonly CollectionName[], choices: readonly unknown[], nothing: string): void {
  if (choices.length > 0) {
    return;
  }
  const states = names.map((name) => inventory[name].state);
  const refused = states.find((state) => state.state === 'forbidden');
  if (refused !== undefined) {
    throw new CommandError(l10n.t('There is nothing to choose: you may not {0} {1}. Ask an administrator for the right.', refused.verb, refused.resource), {
      action: { label: l10n.t('Copy the Rule to Ask For'), command: 'kubeblocksBackup.copyPermissionRule' },
    });
  }
  throw new CommandError(nothing);
}

export async function pickRef(app: App, title: string, choices: readonly Choice<ObjectRef>[]): Promise<ObjectRef> {
  const answer = await app.prompts.pick({ title, placeholder: l10n.t('Type to search'), choices });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  return answer.value;
}

/** The object the command was called on, else one of clusters, backup sets and repositories: what has a line of its own in a view. */
export async function requireObject(app: App, ref: ObjectRef | undefined, title: string): Promise<ObjectRef> {
  return ref ?? pickObject(app, title, []);
}

/** The object the command was called on, else one of any kind that is read. */
export async function requireAnyObject(app: App, ref: ObjectRef | undefined, title: string): Promise<ObjectRef> {
  return ref ?? pickObject(app, title, FURTHER_KINDS);
}

type FurtherKind = readonly [collection: CollectionName, kind: KindId, icon: string];

const FURTHER_KINDS: readonly FurtherKind[] = [
  ['policies', 'backupPolicy', 'book'],
  ['schedules', 'backupSchedule', 'watch'],
  ['restores', 'restore', 'discard'],
  ['opsRequests', 'opsRequest', 'tasklist'],
  ['actionSets', 'actionSet', 'symbol-method'],
  ['storageProviders', 'storageProvider', 'server'],
];

async function pickObject(app: App, title: string, further: readonly FurtherKind[]): Promise<ObjectRef> {
  const names: readonly CollectionName[] = ['clusters', 'backups', 'repos', ...further.map(([name]) => name)];
  const inventory = await requireInventory(app, names);
  const time = app.time();
  const choices = [
    ...clusterChoices(inventory),
    ...[...inventory.repos.items.values()].map((repo) => ({ label: repo.metadata.name, icon: 'cloud-upload', value: refOf('backupRepo', repo) })),
    ...[...inventory.backups.items.values()].map((backup) => choiceOf(backup, time)),
    ...further.flatMap(([name, kind, icon]) => [...inventory[name].items.values()].map((object) => furtherChoice(kind, icon, object))),
  ];
  requireChoices(inventory, names, choices, l10n.t('There is nothing to choose: {0} has no clusters, backup sets or repositories.', inventory.context));
  return pickRef(app, title, choices);
}

function furtherChoice(kind: KindId, icon: string, object: KubeObject): Choice<ObjectRef> {
  const { name, namespace } = object.metadata;
  const description = [KINDS[kind].kind, ...(namespace === undefined ? [] : [namespace])].join(' · ');
  return { label: name, description, icon, value: refOf(kind, object) };
}

/** Whether a backup set failed or has not ended: what can be diagnosed. */
export function hasTrouble(backup: Backup): boolean {
  return backupState(backup) !== 'completed';
}
