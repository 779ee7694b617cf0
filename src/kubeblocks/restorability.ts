import * as l10n from '@vscode/l10n';
import { backupState, backupType, isSnapshot } from './backupState';
import { backupStateText } from './backupText';
import { objectKey, type Inventory } from './inventory';
import { ANNOTATIONS } from './labels';
import { find } from './known';
import { chainOf } from './lineage';
import { LINES, type KubeBlocksLine } from './kinds';
import type { Backup, BackupRepo, Cluster, ComponentSpec } from './objects';
import { basesOf } from './bases';
import { repositoryOf, repositoryState, repositoryStateWords } from './repositoryState';

/** One thing a restore needs, and whether it is there. */
export interface RestoreNeed {
  readonly what: string;
  /** `unknown`: it could not be read, or nothing tells. */
  readonly state: 'met' | 'missing' | 'unknown';
  /** What was seen; where it is missing, what to do. */
  readonly evidence: string;
}

/** What a cluster has beside KubeBlocks' own kinds; undefined where it could not be read. */
export interface RestoreSurroundings {
  readonly componentDefinitions: readonly string[] | undefined;
  /** With whether it is the default. */
  readonly storageClasses: readonly { readonly name: string; readonly isDefault: boolean }[] | undefined;
  readonly snapshotClasses: readonly string[] | undefined;
}

export interface RestoreCheck {
  /** Where the backup is known. */
  readonly source: Inventory;
  readonly backup: Backup;
  /** The cluster as the backup keeps it. */
  readonly snapshot: Cluster | undefined;
  /** Where it is to be restored; the source itself, or another context. */
  readonly target: Inventory;
  readonly surroundings: RestoreSurroundings;
}

/** Whether a backup can be restored in a cluster, as evidence and not as a promise: all that a restore needs, and what is seen of it. */
export function restorability(check: RestoreCheck): readonly RestoreNeed[] {
  return [backupNeed(check), ...chainNeeds(check), copyNeed(check), ...objectNeed(check), lineNeed(check), ...actionSetNeeds(check), ...definitionNeeds(check), ...storageNeeds(check), ...snapshotNeeds(check), ...repositoryNeeds(check), ...accountNeeds(check)];
}

/** The worst of them: one that is missing forbids it, one that is unknown leaves it open. */
export function restorabilityVerdict(needs: readonly RestoreNeed[]): RestoreNeed['state'] {
  return needs.some(({ state }) => state === 'missing') ? 'missing' : needs.some(({ state }) => state === 'unknown') ? 'unknown' : 'met';
}

function need(what: string, state: RestoreNeed['state'], evidence: string): RestoreNeed {
  return { what, state, evidence };
}

function isElsewhere({ source, target }: RestoreCheck): boolean {
  return source.context !== target.context;
}

function backupNeed({ backup }: RestoreCheck): RestoreNeed {
  const state = backupState(backup);
  const isLog = backupType(backup) === 'Continuous';
  const isGood = state === 'completed' || (isLog && state !== 'deleting' && backup.status?.timeRange?.end !== undefined);
  return need(l10n.t('Backup'), isGood ? 'met' : 'missing', isGood ? (isLog ? l10n.t('it has archived up to {0}', backup.status?.timeRange?.end ?? '') : l10n.t('completed')) : l10n.t('it is {0}: only a completed one can be restored', backupStateText(state)));
}

function chainNeeds({ source, backup }: RestoreCheck): RestoreNeed[] {
  if (backupType(backup) === 'Continuous') {
    const isAlone = source.actionSets.items.get(objectKey(undefined, backup.status?.backupMethod?.actionSetName ?? ''))?.spec?.restore?.baseBackupRequired === false;
    const bases = basesOf(source, backup).length;
    return isAlone ? [] : [need(l10n.t('Base backup'), bases > 0 ? 'met' : 'missing', bases > 0 ? l10n.t('{0} completed; the timeline says which instants they reach', bases) : l10n.t('there is none that is completed'))];
  }
  const { backups, broken } = chainOf(source, backup);
  if (broken !== undefined) {
    return [need(l10n.t('Chain'), source.backups.state.state === 'ready' ? 'missing' : 'unknown', l10n.t('broken at {0}: {1}', broken.child.metadata.name, broken.reason))];
  }
  return backups.length < 2 ? [] : [need(l10n.t('Chain'), 'met', backups.map(({ metadata }) => metadata.name).join(' → '))];
}

function copyNeed({ snapshot, backup }: RestoreCheck): RestoreNeed {
  const isThere = snapshot !== undefined || backup.metadata.annotations?.[ANNOTATIONS.clusterSnapshot] === '';
  return need(l10n.t('Definition of the cluster'), isThere ? 'met' : 'missing', isThere ? l10n.t('the backup keeps it') : l10n.t('the backup keeps none, so no new cluster can be made from it'));
}

/** In another context the Backup object must exist, too: KubeBlocks restores from objects, not from files. */
function objectNeed(check: RestoreCheck): RestoreNeed[] {
  if (!isElsewhere(check)) {
    return [];
  }
  const { backup, target } = check;
  const { name, namespace } = backup.metadata;
  const there = find(target.backups, objectKey(namespace, name));
  const what = l10n.t('Backup object there');
  if (there === 'unknown') {
    return [need(what, 'unknown', l10n.t('the backups there could not be listed'))];
  }
  const isThere = there !== 'missing' && there.status?.path === backup.status?.path;
  return [need(what, isThere ? 'met' : 'missing', isThere ? l10n.t('it is there, with the same path') : l10n.t('there is none that points to the same files. Create it there with this status, or restore here'))];
}

function lineNeed({ source, target }: RestoreCheck): RestoreNeed {
  const what = l10n.t('KubeBlocks');
  const [from, to] = [source.line, target.line];
  if (from === undefined || to === undefined) {
    return need(what, 'unknown', l10n.t('its line is not known'));
  }
  if (from === to) {
    return need(what, 'met', from);
  }
  return need(what, 'unknown', isNewer(to, from) ? l10n.t('{0} there, {1} here: an older backup is as a rule restored by a newer KubeBlocks, but faults of that kind were reported', to, from) : l10n.t('{0} there, {1} here: an older KubeBlocks may not know what a newer one wrote', to, from));
}

function isNewer(a: KubeBlocksLine, b: KubeBlocksLine): boolean {
  return LINES.indexOf(a) > LINES.indexOf(b);
}

function actionSetNeeds({ backup, target }: RestoreCheck): RestoreNeed[] {
  const name = backup.status?.backupMethod?.actionSetName ?? '';
  if (name === '') {
    return [];
  }
  const what = l10n.t('Action set {0}', name);
  const found = find(target.actionSets, objectKey(undefined, name));
  if (found === 'unknown') {
    return [need(what, 'unknown', l10n.t('the action sets could not be listed'))];
  }
  if (found === 'missing') {
    return [need(what, 'missing', l10n.t('it does not exist: install the add-on of the engine in the version that made the backup'))];
  }
  const restores = found.spec?.restore !== undefined || isSnapshot(backup);
  return [need(what, restores ? 'met' : 'missing', restores ? (found.status?.phase ?? l10n.t('it exists')) : l10n.t('it knows no way to restore'))];
}

/** Components and the templates of shardings, as the backup keeps them. */
function componentsOf(snapshot: Cluster | undefined): readonly ComponentSpec[] {
  return [...(snapshot?.spec?.componentSpecs ?? []), ...(snapshot?.spec?.shardings ?? []).flatMap(({ template }) => template ?? [])];
}

/** A `componentDef` may be a name, a prefix or a pattern (`CompDefMatched` of `pkg/controller/component`). */
function definitionNeeds({ snapshot, surroundings: { componentDefinitions } }: RestoreCheck): RestoreNeed[] {
  const wanted = [...new Set(componentsOf(snapshot).flatMap(({ componentDef }) => (componentDef === undefined || componentDef === '' ? [] : [componentDef])))];
  return wanted.map((name) => {
    const what = l10n.t('Component definition {0}', name);
    if (componentDefinitions === undefined) {
      return need(what, 'unknown', l10n.t('component definitions could not be listed'));
    }
    const found = componentDefinitions.filter((each) => each.startsWith(name) || matches(name, each));
    return need(what, found.length > 0 ? 'met' : 'missing', found.length > 0 ? found.join(', ') : l10n.t('it does not exist: install the add-on of the engine in the version that the cluster was made with'));
  });
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

interface ClaimTemplate {
  readonly spec?: { readonly storageClassName?: string };
}

function storageNeeds({ snapshot, surroundings: { storageClasses } }: RestoreCheck): RestoreNeed[] {
  const templates = componentsOf(snapshot).flatMap((component) => (component as { readonly volumeClaimTemplates?: readonly ClaimTemplate[] }).volumeClaimTemplates ?? []);
  const wanted = [...new Set(templates.map(({ spec }) => spec?.storageClassName ?? ''))];
  return wanted.map((name) => {
    const what = name === '' ? l10n.t('Default storage class') : l10n.t('Storage class {0}', name);
    if (storageClasses === undefined) {
      return need(what, 'unknown', l10n.t('storage classes could not be listed'));
    }
    const found = storageClasses.find((each) => (name === '' ? each.isDefault : each.name === name));
    const others = storageClasses.map((each) => each.name).join(', ');
    return need(what, found === undefined ? 'missing' : 'met', found?.name ?? l10n.t('it does not exist; there are: {0}', others === '' ? l10n.t('none') : others));
  });
}

function snapshotNeeds(check: RestoreCheck): RestoreNeed[] {
  const { backup, surroundings: { snapshotClasses } } = check;
  if (!isSnapshot(backup)) {
    return [];
  }
  if (isElsewhere(check)) {
    return [need(l10n.t('Volume snapshot'), 'missing', l10n.t('it lies in the storage of the cluster it was taken in, and cannot be restored in another'))];
  }
  const what = l10n.t('Volume snapshot class');
  if (snapshotClasses === undefined) {
    return [need(what, 'unknown', l10n.t('snapshot classes could not be listed'))];
  }
  return [need(what, snapshotClasses.length > 0 ? 'met' : 'missing', snapshotClasses.length > 0 ? snapshotClasses.join(', ') : l10n.t('there is none'))];
}

function repositoryNeeds(check: RestoreCheck): RestoreNeed[] {
  const { source, target, backup } = check;
  const name = repositoryOf(backup);
  if (name === undefined || isSnapshot(backup)) {
    return [];
  }
  const what = l10n.t('Repository {0}', name);
  const found = find(target.repos, objectKey(undefined, name));
  if (found === 'unknown') {
    return [need(what, 'unknown', l10n.t('repositories could not be listed'))];
  }
  if (found === 'missing') {
    return [need(what, 'missing', isElsewhere(check) ? l10n.t('there is none of this name: create one for the same storage') : l10n.t('it does not exist'))];
  }
  if (repositoryState(found) !== 'ready') {
    return [need(what, 'missing', l10n.t('it is {0}', repositoryStateWords(found)))];
  }
  const own = source.repos.items.get(objectKey(undefined, name));
  if (!isElsewhere(check)) {
    return [need(what, 'met', l10n.t('ready'))];
  }
  if (own === undefined) {
    return [need(what, 'unknown', l10n.t('ready; whether it is the same storage is not known'))];
  }
  const other = differentSetting(own, found);
  return [other === undefined ? need(what, 'met', l10n.t('ready, with the same settings')) : need(what, 'missing', l10n.t('it is another storage: {0} differs', other))];
}

function differentSetting({ spec: a }: BackupRepo, { spec: b }: BackupRepo): string | undefined {
  if (a?.storageProviderRef !== b?.storageProviderRef) {
    return 'storageProviderRef';
  }
  if ((a?.pathPrefix ?? '') !== (b?.pathPrefix ?? '')) {
    return 'pathPrefix';
  }
  const keys = [...new Set([...Object.keys(a?.config ?? {}), ...Object.keys(b?.config ?? {})])];
  return keys.find((key) => a?.config?.[key] !== b?.config?.[key]);
}

/** Passwords are kept in the backup, encrypted with the installation's key, which nobody may read. */
function accountNeeds(check: RestoreCheck): RestoreNeed[] {
  return isElsewhere(check)
    ? [need(l10n.t('Encryption key'), 'unknown', l10n.t('passwords are kept in the backup and can be read with the same DP_ENCRYPTION_KEY only; it cannot be read from here'))]
    : [];
}
