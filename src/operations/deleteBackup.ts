import * as l10n from '@vscode/l10n';
import type { Inventory } from '../kubeblocks/inventory';
import { KINDS } from '../kubeblocks/kinds';
import { descendantsOf } from '../kubeblocks/lineage';
import type { Backup } from '../kubeblocks/objects';
import { isNotFound } from './createOnce';
import { explainApiError } from './explainApiError';
import type { Confirm, OperationDeps } from './ports';

export type DeleteOutcome =
  /** Accepted; the object goes once the data is removed. `with` are the incrementals that go, too. */
  | { readonly kind: 'deleting'; readonly with: readonly Backup[] }
  | { readonly kind: 'declined' };

/**
 * Deletes a backup set and its data, after asking. A retained backup would hang in Deleting for ever, so the question says
 * so and, when agreed to, its policy is changed first. Whether one is retained is read from the cluster, before the
 * question and after it: what somebody set meanwhile is asked about again. Rejects with an `AppError`.
 */
export async function deleteBackup(deps: Pick<OperationDeps, 'api' | 'logger'>, inventory: Inventory, backup: Backup, confirm: Confirm): Promise<DeleteOutcome> {
  const children = descendantsOf(inventory, backup);
  const { name, namespace, uid } = backup.metadata;
  try {
    const retained = await askAbout(deps, inventory, backup, children, confirm);
    if (retained === undefined) {
      return { kind: 'declined' };
    }
    for (const { metadata } of retained) {
      await deps.api.patch(KINDS.backup, metadata.name, namespace, { spec: { deletionPolicy: 'Delete' } });
    }
    await deps.api.delete(KINDS.backup, name, namespace, uid === undefined ? {} : { uid });
  } catch (error) {
    if (!isNotFound(error)) {
      throw explainApiError(error, l10n.t('Backup {0} could not be deleted', name));
    }
    deps.logger.info(`delete Backup ${name}: it was gone already`);
  }
  return { kind: 'deleting', with: children };
}

/** The retained ones among those a person agreed to delete; undefined when they declined. */
async function askAbout(
  { api }: Pick<OperationDeps, 'api'>,
  inventory: Inventory,
  backup: Backup,
  children: readonly Backup[],
  confirm: Confirm,
): Promise<readonly Backup[] | undefined> {
  const doomed = [backup, ...children];
  let said = await retainedNow(api, doomed);
  for (;;) {
    if (!(await confirm.ask(questionFor(inventory, backup, children, said.length > 0)))) {
      return undefined;
    }
    const now = await retainedNow(api, doomed);
    if (said.length > 0 || now.length === 0) {
      return now;
    }
    said = now;
  }
}

/** Those of the backups which the cluster keeps from going. One that is gone keeps nothing. */
async function retainedNow(api: OperationDeps['api'], backups: readonly Backup[]): Promise<readonly Backup[]> {
  const live = await Promise.all(
    backups.map(async ({ metadata }) => {
      try {
        return await api.get<Backup>(KINDS.backup, metadata.name, metadata.namespace);
      } catch (error) {
        if (isNotFound(error)) {
          return undefined;
        }
        throw error;
      }
    }),
  );
  return live.filter((backup) => backup?.spec?.deletionPolicy === 'Retain').filter((backup) => backup !== undefined);
}

function questionFor(
  inventory: Inventory,
  backup: Backup,
  children: readonly Backup[],
  isRetained: boolean,
): { message: string; detail: string; agree: string } {
  const { name, namespace = '' } = backup.metadata;
  const detail = [
    l10n.t('Context {0}, namespace {1}. The data in the repository is removed, too. This cannot be undone.', inventory.context, namespace),
    ...(children.length === 0 ? [] : [l10n.t('These build on it and go with it: {0}.', children.map(({ metadata }) => metadata.name).join(', '))]),
    ...(isRetained ? [l10n.t('It is marked to be retained; that is changed first, or it would hang in Deleting for ever.')] : []),
  ];
  return {
    message: children.length === 0 ? l10n.t('Delete backup {0}?', name) : l10n.t('Delete backup {0} and {1} more?', name, children.length),
    detail: detail.join('\n\n'),
    agree: l10n.t('Delete'),
  };
}
