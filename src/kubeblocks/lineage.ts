import * as l10n from '@vscode/l10n';
import { actionSetType, backupState, backupType, endOf } from './backupState';
import type { BackupType } from './backupState';
import type { Inventory } from './inventory';
import { keyOf, objectKey } from './inventory';
import { memoiseBy } from './memoise';
import type { Backup } from './objects';

/** Why a chain cannot be restored: a rule of `ValidateParentBackupSet` (`pkg/dataprotection/restore/utils.go`) in our words. */
export interface BrokenChain {
  /** The link that does not hold. */
  readonly child: Backup;
  readonly parentName: string;
  readonly reason: string;
}

export interface Chain {
  /** Base first, the asked-for backup last; as far as it could be followed. */
  readonly backups: readonly Backup[];
  readonly broken: BrokenChain | undefined;
}

/** Backups by the parent, and by the base, that their status names: what the controller looks for when it deletes one. */
interface Children {
  readonly byParent: ReadonlyMap<string, readonly Backup[]>;
  readonly byBase: ReadonlyMap<string, readonly Backup[]>;
}

const childIndex: (inventory: Inventory) => Children = memoiseBy(
  ({ backups }) => [backups],
  ({ backups }) => ({
    byParent: indexBy(backups.items.values(), ({ status }) => status?.parentBackupName),
    byBase: indexBy(backups.items.values(), ({ status }) => status?.baseBackupName),
  }),
);

function indexBy(backups: Iterable<Backup>, nameIn: (backup: Backup) => string | undefined): ReadonlyMap<string, readonly Backup[]> {
  const index = new Map<string, Backup[]>();
  for (const backup of backups) {
    const name = nameIn(backup) ?? '';
    if (name !== '') {
      const key = objectKey(backup.metadata.namespace, name);
      const known = index.get(key) ?? [];
      known.push(backup);
      index.set(key, known);
    }
  }
  return index;
}

/** The parent the controller chose, else the one that was asked for. */
export function parentNameOf(backup: Backup): string | undefined {
  const name = backup.status?.parentBackupName ?? backup.spec?.parentBackupName;
  return name === '' ? undefined : name;
}

/**
 * Everything that dies with this backup: its incrementals, theirs, and so on; parents before children. The controller
 * deletes those of the same policy whose status names it as parent or as base (`deleteRelatedBackups` of
 * `backup_controller.go`), so one whose parent is gone already dies with its base.
 */
export function descendantsOf(inventory: Inventory, backup: Backup): readonly Backup[] {
  const { byParent, byBase } = childIndex(inventory);
  const found = new Map<string, Backup>();
  const visit = (parent: Backup): void => {
    const key = keyOf(parent);
    for (const child of [...(byParent.get(key) ?? []), ...(byBase.get(key) ?? [])]) {
      if (child !== backup && !found.has(keyOf(child)) && child.spec?.backupPolicyName === parent.spec?.backupPolicyName) {
        found.set(keyOf(child), child);
        visit(child);
      }
    }
  };
  visit(backup);
  return [...found.values()];
}

/** Base → … → backup, and where it breaks. A full backup is a chain of one. */
export function chainOf(inventory: Inventory, backup: Backup): Chain {
  const backups = [backup];
  // The one that is asked about may have been read anew.
  const seen = [inventory.backups.items.get(keyOf(backup)) ?? backup];
  for (let child = backup; typeOf(inventory, child) === 'Incremental'; ) {
    const parentName = parentNameOf(child) ?? '';
    const parent = inventory.backups.items.get(objectKey(child.metadata.namespace, parentName));
    const reason = linkProblem(inventory, parent, child, seen);
    if (parent === undefined || reason !== undefined) {
      return { backups, broken: { child, parentName, reason: reason ?? '' } };
    }
    backups.unshift(parent);
    seen.push(parent);
    child = parent;
  }
  return { backups, broken: undefined };
}

/**
 * Where the chain of each backup breaks, for many backups of one inventory: a link that chains share is judged once.
 * Undefined for a whole chain.
 */
export function chainJudge(inventory: Inventory): (backup: Backup) => BrokenChain | undefined {
  const judged = new Map<Backup, BrokenChain | undefined>();
  return (backup) => {
    const walked: Backup[] = [];
    let broken: BrokenChain | undefined;
    for (let child = backup; !judged.has(child) && typeOf(inventory, child) === 'Incremental'; ) {
      walked.push(child);
      const parentName = parentNameOf(child) ?? '';
      const parent = inventory.backups.items.get(objectKey(child.metadata.namespace, parentName));
      const reason = linkProblem(inventory, parent, child, walked);
      if (parent === undefined || reason !== undefined) {
        broken = { child, parentName, reason: reason ?? '' };
        break;
      }
      child = parent;
      broken = judged.get(child);
    }
    const verdict = walked.length === 0 ? judged.get(backup) : broken;
    walked.forEach((each) => judged.set(each, verdict));
    return verdict;
  };
}

/** Why a link does not hold; undefined for a good one. `seen` are the backups walked so far. */
function linkProblem(inventory: Inventory, parent: Backup | undefined, child: Backup, seen: readonly Backup[]): string | undefined {
  if (parent === undefined) {
    return l10n.t('the parent backup does not exist');
  }
  return seen.includes(parent) ? l10n.t('the chain leads back to itself') : brokenLink(inventory, parent, child);
}

/** What the backup is, by its action set as the restore controller judges it, else by its label. */
export function typeOf(inventory: Inventory, backup: Backup): BackupType | undefined {
  const name = backup.status?.backupMethod?.actionSetName;
  const actionSet = name === undefined ? undefined : inventory.actionSets.items.get(objectKey(undefined, name));
  return actionSet === undefined ? backupType(backup) : actionSetType(actionSet);
}

function brokenLink(inventory: Inventory, parent: Backup, child: Backup): string | undefined {
  if (backupState(parent) !== 'completed' || backupState(child) !== 'completed') {
    return l10n.t('it or its parent is not completed');
  }
  if (parent.spec?.backupPolicyName !== child.spec?.backupPolicyName) {
    return l10n.t('the parent was made by policy {0}', parent.spec?.backupPolicyName ?? '');
  }
  if (parent.status?.backupRepoName !== child.status?.backupRepoName) {
    return l10n.t('the parent is in repository {0}', parent.status?.backupRepoName ?? '');
  }
  if (!isBefore(parent, child)) {
    return l10n.t('the parent did not end before it');
  }
  return brokenMethod(inventory, parent, child);
}

/** `CompareWithBackupStopTime` of `pkg/dataprotection/utils`: of two that ended in one second, by name. */
function isBefore(parent: Backup, child: Backup): boolean {
  const [parentEnd, childEnd] = [endOf(parent), endOf(child)];
  if (parentEnd === undefined || childEnd === undefined) {
    return parentEnd !== undefined;
  }
  return parentEnd === childEnd ? parent.metadata.name < child.metadata.name : parentEnd < childEnd;
}

function brokenMethod(inventory: Inventory, parent: Backup, child: Backup): string | undefined {
  const type = typeOf(inventory, parent);
  if (type !== 'Incremental' && type !== 'Full') {
    return l10n.t('the parent is neither a full nor an incremental backup');
  }
  const methodFits =
    type === 'Full'
      ? parent.spec?.backupMethod === child.status?.backupMethod?.compatibleMethod
      : parent.spec?.backupMethod === child.spec?.backupMethod;
  if (!methodFits) {
    return l10n.t('the parent was made with method {0}, which does not fit', parent.spec?.backupMethod ?? '');
  }
  const base = type === 'Full' ? parent.metadata.name : parent.status?.baseBackupName;
  return base === child.status?.baseBackupName ? undefined : l10n.t('it and its parent name different base backups');
}
