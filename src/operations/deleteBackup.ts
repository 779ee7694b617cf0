import * as l10n from '@vscode/l10n';
import { deletionLoss, type DeletionLoss } from '../kubeblocks/deletionLoss';
import type { Inventory } from '../kubeblocks/inventory';
import { isComplete } from '../kubeblocks/known';
import { KINDS } from '../kubeblocks/kinds';
import { descendantsOf } from '../kubeblocks/lineage';
import { lossText } from '../kubeblocks/lossText';
import type { Backup } from '../kubeblocks/objects';
import type { TimeContext } from '../kubeblocks/timeText';
import type { AppError } from './appError';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import type { Confirm, OperationDeps } from './ports';

export type DeleteOutcome =
  /** Accepted; the objects go once their data is removed. `with` are the incrementals that go, too. */
  | { readonly kind: 'deleting'; readonly deleted: readonly Backup[]; readonly with: readonly Backup[]; readonly failed: readonly FailedDeletion[] }
  | { readonly kind: 'declined' };

export interface FailedDeletion {
  readonly backup: Backup;
  readonly error: AppError;
}

export interface DeleteOptions {
  readonly confirm: Confirm;
  readonly time: TimeContext;
  /** Ends it between two backups. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** As `deleteBackups`, of one. Rejects with an `AppError`. */
export async function deleteBackup(deps: Pick<OperationDeps, 'api' | 'logger'>, inventory: Inventory, backup: Backup, options: DeleteOptions): Promise<DeleteOutcome> {
  const outcome = await deleteBackups(deps, inventory, [backup], options);
  const failure = outcome.kind === 'deleting' ? outcome.failed[0] : undefined;
  if (failure !== undefined) {
    throw failure.error;
  }
  return outcome;
}

/**
 * Deletes backup sets and their data, after asking once, with what goes with them and what can be restored no more. A
 * retained backup would hang in Deleting for ever, so the question says so and, when agreed to, its policy is changed first.
 * Whether one is retained is read from the cluster, before the question and after it: what somebody set meanwhile is asked
 * about again. One that fails does not keep the others. Rejects with an `AppError` where nothing was asked yet.
 */
export async function deleteBackups(deps: Pick<OperationDeps, 'api' | 'logger'>, inventory: Inventory, backups: readonly Backup[], options: DeleteOptions): Promise<DeleteOutcome> {
  const loss = deletionLoss(inventory, backups, options.time.now);
  const retained = await askAbout(deps, inventory, loss, options).catch((error: unknown) => {
    throw explainApiError(error, l10n.t('Backup {0} could not be deleted', backups[0]?.metadata.name ?? ''));
  });
  if (retained === undefined) {
    return { kind: 'declined' };
  }
  const deleted: Backup[] = [];
  const failed: FailedDeletion[] = [];
  for (const backup of backups) {
    if (deleted.length + failed.length > 0 && options.signal?.aborted === true) {
      break;
    }
    options.onProgress?.(deleted.length + failed.length, backups.length);
    try {
      const own = new Set([backup, ...descendantsOf(inventory, backup)].map(({ metadata }) => metadata.name));
      await deleteOne(deps, backup, retained.filter(({ metadata }) => metadata.namespace === backup.metadata.namespace && own.has(metadata.name)));
      deleted.push(backup);
    } catch (error) {
      failed.push({ backup, error: explainApiError(error, l10n.t('Backup {0} could not be deleted', backup.metadata.name)) });
    }
  }
  return { kind: 'deleting', deleted, with: loss.alsoGo, failed };
}

async function deleteOne({ api, logger }: Pick<OperationDeps, 'api' | 'logger'>, backup: Backup, retained: readonly Backup[]): Promise<void> {
  const { name, namespace, uid } = backup.metadata;
  try {
    for (const { metadata } of retained) {
      await api.patch(KINDS.backup, metadata.name, namespace, { spec: { deletionPolicy: 'Delete' } });
    }
    await api.delete(KINDS.backup, name, namespace, uid === undefined ? {} : { uid });
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    logger.info(`delete Backup ${name}: it was gone already`);
  }
}

/** The retained ones among those a person agreed to delete; undefined when they declined. */
async function askAbout({ api }: Pick<OperationDeps, 'api'>, inventory: Inventory, loss: DeletionLoss, { confirm, time }: DeleteOptions): Promise<readonly Backup[] | undefined> {
  const doomed = [...loss.chosen, ...loss.alsoGo];
  let said = await retainedNow(api, doomed);
  for (;;) {
    if (!(await confirm.ask(questionFor(inventory, loss, said, time)))) {
      return undefined;
    }
    const now = await retainedNow(api, doomed);
    if (said.length > 0 || now.length === 0) {
      return now;
    }
    said = now;
  }
}

/** How many are asked about at once. */
const AT_ONCE = 20;

/** Those of the backups which the cluster keeps from going. One that is gone keeps nothing. */
async function retainedNow(api: OperationDeps['api'], backups: readonly Backup[]): Promise<readonly Backup[]> {
  const live: (Backup | undefined)[] = [];
  for (let index = 0; index < backups.length; index += AT_ONCE) {
    live.push(...(await Promise.all(backups.slice(index, index + AT_ONCE).map((backup) => readIfThere(api, backup)))));
  }
  return live.filter((backup) => backup?.spec?.deletionPolicy === 'Retain').filter((backup) => backup !== undefined);
}

async function readIfThere(api: OperationDeps['api'], { metadata }: Backup): Promise<Backup | undefined> {
  try {
    return await api.get<Backup>(KINDS.backup, metadata.name, metadata.namespace);
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

function questionFor(inventory: Inventory, loss: DeletionLoss, retained: readonly Backup[], time: TimeContext): { message: string; detail: string; agree: string } {
  const { chosen, alsoGo } = loss;
  const name = chosen[0]?.metadata.name ?? '';
  const namespaces = [...new Set(chosen.map(({ metadata }) => metadata.namespace ?? ''))].join(', ');
  const detail = [
    l10n.t('Context {0}, namespace {1}. The data in the repository is removed, too. This cannot be undone.', inventory.context, namespaces),
    ...lossText(loss, time),
    ...(isComplete(inventory.backups) ? [] : [l10n.t('Not all backups could be read: others may build on it.')]),
    ...retainedWords(retained, chosen.length + alsoGo.length),
  ];
  return { message: questionWords(name, chosen.length, alsoGo.length), detail: detail.join('\n\n'), agree: l10n.t('Delete') };
}

function questionWords(name: string, chosen: number, alsoGo: number): string {
  if (chosen > 1) {
    return alsoGo === 0 ? l10n.t('Delete {0} backup sets?', chosen) : l10n.t('Delete {0} backup sets and {1} that build on them?', chosen, alsoGo);
  }
  return alsoGo === 0 ? l10n.t('Delete backup {0}?', name) : l10n.t('Delete backup {0} and {1} more?', name, alsoGo);
}

function retainedWords(retained: readonly Backup[], of: number): readonly string[] {
  if (retained.length === 0) {
    return [];
  }
  return of === 1
    ? [l10n.t('It is marked to be retained; that is changed first, or it would hang in Deleting for ever.')]
    : [l10n.t('Marked to be retained: {0}. That is changed first, or they would hang in Deleting for ever.', retained.map(({ metadata }) => metadata.name).join(', '))];
}
