import * as l10n from '@vscode/l10n';
import type { FixId } from '../kubeblocks/causes/causeRule';
import { entryOfBackup, indexClusters } from '../kubeblocks/clusterIndex';
import { objectKey, type Inventory } from '../kubeblocks/inventory';
import { LABELS } from '../kubeblocks/labels';
import type { Backup, BackupSchedule, KubeObject, OpsRequest, Restore } from '../kubeblocks/objects';
import { repositoryOf } from '../kubeblocks/repositoryState';
import { methodOf } from '../kubeblocks/schedules';
import type { CommandId } from './commands/commandIds';
import { refOf, type ObjectRef } from './objectRef';

/** A command that begins what a cause asks for, and what it is called on. */
export interface StartableFix {
  readonly id: FixId;
  readonly label: string;
  readonly command: CommandId;
  readonly argument: ObjectRef | undefined;
}

/** What is around the object that failed; each undefined where it has none, or where it is not known. */
interface Around {
  readonly cluster: ObjectRef | undefined;
  readonly backup: ObjectRef | undefined;
  readonly repository: ObjectRef | undefined;
  readonly policy: ObjectRef | undefined;
  readonly actionSet: ObjectRef | undefined;
  readonly schedule: ObjectRef | undefined;
}

/** How a fix is begun for what failed; undefined where that has nothing to begin it on. */
export function startableFix(inventory: Inventory, ref: ObjectRef, object: KubeObject, id: FixId): StartableFix | undefined {
  const around = aroundOf(inventory, ref, object);
  const onto = (label: string, command: CommandId, argument: ObjectRef | undefined): StartableFix | undefined => (argument === undefined ? undefined : { id, label, command, argument });
  const named = (argument: ObjectRef | undefined): string => argument?.name ?? '';
  switch (id) {
    case 'showRepository':
      return onto(l10n.t('Show Repository {0}', named(around.repository)), 'kubeblocksBackup.describe', around.repository);
    case 'createRepository':
      return { id, label: l10n.t('Create Repository…'), command: 'kubeblocksBackup.createRepository', argument: undefined };
    case 'chooseDefaultRepository':
      return { id, label: l10n.t('Set as Default Repository…'), command: 'kubeblocksBackup.setDefaultRepository', argument: undefined };
    case 'runAgain':
      return ref.kind === 'backupSchedule'
        ? onto(l10n.t('Run It Now…'), 'kubeblocksBackup.runScheduleNow', ref)
        : ref.kind === 'backup'
          ? onto(l10n.t('Back Up {0} Again…', named(around.cluster)), 'kubeblocksBackup.backUpNow', around.cluster)
          : undefined;
    case 'deleteBackupSet':
      return ref.kind === 'backup' ? onto(l10n.t('Delete Backup Set {0}…', ref.name), 'kubeblocksBackup.deleteBackupSet', ref) : undefined;
    case 'showPolicy':
      return onto(l10n.t('Show Policy {0}', named(around.policy)), 'kubeblocksBackup.describe', around.policy);
    case 'showActionSet':
      return onto(l10n.t('Show Action Set {0}', named(around.actionSet)), 'kubeblocksBackup.describe', around.actionSet);
    case 'showTimeline':
      return onto(l10n.t('Show Recovery Timeline'), 'kubeblocksBackup.showTimeline', around.backup ?? around.cluster);
    case 'restoreAgain':
      return onto(l10n.t('Restore {0} Again…', named(around.backup)), 'kubeblocksBackup.restore', ref.kind === 'backup' ? undefined : around.backup);
    case 'turnLogBackupOn':
      return onto(l10n.t('Turn Log Backup On…'), 'kubeblocksBackup.turnLogBackupOn', around.schedule ?? around.cluster);
    case 'changeSchedule':
      return onto(l10n.t('Schedule Backups of {0}…', named(around.cluster)), 'kubeblocksBackup.scheduleBackups', around.cluster);
    case 'showLineage':
      return onto(l10n.t('Show Lineage of {0}', named(around.backup)), 'kubeblocksBackup.showLineage', around.backup);
    case 'showEngineMatrix':
      return { id, label: l10n.t('Show Engine Matrix'), command: 'kubeblocksBackup.showEngineMatrix', argument: undefined };
  }
}

function aroundOf(inventory: Inventory, ref: ObjectRef, object: KubeObject): Around {
  const none: Around = { cluster: undefined, backup: undefined, repository: undefined, policy: undefined, actionSet: undefined, schedule: undefined };
  switch (ref.kind) {
    case 'backup':
      return aroundBackup(inventory, ref, object);
    case 'restore': {
      const { name = '', namespace = ref.namespace } = (object as Restore).spec?.backup ?? {};
      return { ...none, ...sourceOf(inventory, namespace, name) };
    }
    case 'opsRequest': {
      const { restore, clusterName = '' } = (object as OpsRequest).spec ?? {};
      return { ...none, cluster: clusterRef(inventory, ref.namespace, clusterName), ...(restore === undefined ? {} : sourceOf(inventory, restore.backupNamespace ?? ref.namespace, restore.backupName ?? '')) };
    }
    case 'backupRepo':
      return { ...none, repository: ref };
    case 'backupSchedule': {
      const name = (object as BackupSchedule).spec?.backupPolicyName;
      const entry = [...indexClusters(inventory).entries.values()].find(({ schedules, namespace }) => namespace === ref.namespace && schedules.some(({ metadata }) => metadata.name === ref.name));
      return { ...none, schedule: ref, policy: policyRef(inventory, ref.namespace, name), cluster: entry === undefined ? undefined : clusterRef(inventory, entry.namespace, entry.name) };
    }
    case 'cluster': {
      const entry = indexClusters(inventory).entries.get(objectKey(ref.namespace, ref.name));
      const from = entry?.restores[0]?.spec?.backup;
      return { ...none, cluster: ref, ...(from?.name === undefined ? {} : sourceOf(inventory, from.namespace ?? ref.namespace, from.name)) };
    }
    default:
      return none;
  }
}

function aroundBackup(inventory: Inventory, ref: ObjectRef, backup: Backup): Around {
  const { namespace } = ref;
  const policyName = backup.spec?.backupPolicyName;
  const policy = inventory.policies.items.get(objectKey(namespace, policyName ?? ''));
  const method = methodOf(policy, backup.spec?.backupMethod ?? '') ?? backup.status?.backupMethod;
  const scheduleName = backup.metadata.labels?.[LABELS.backupSchedule] ?? '';
  const schedule = inventory.schedules.items.get(objectKey(namespace, scheduleName)) ?? [...inventory.schedules.items.values()].find(({ metadata, spec }) => metadata.namespace === namespace && spec?.backupPolicyName === policyName);
  const clusterName = entryOfBackup(inventory, backup)?.name ?? policy?.metadata.labels?.[LABELS.instance] ?? '';
  return {
   
    cluster: clusterRef(inventory, namespace, clusterName),
    backup: ref,
    repository: repositoryRef(inventory, repositoryOf(backup) ?? policy?.spec?.backupRepoName),
    policy: policyRef(inventory, namespace, policyName),
    actionSet: inventory.actionSets.items.has(objectKey(undefined, method?.actionSetName ?? '')) ? { kind: 'actionSet', name: method?.actionSetName ?? '' } : undefined,
    schedule: schedule === undefined ? undefined : refOf('backupSchedule', schedule),
  };
}

/** What a restore reads from. */
function sourceOf(inventory: Inventory, namespace: string | undefined, name: string): Pick<Around, 'backup' | 'repository' | 'actionSet'> {
  const backup = inventory.backups.items.get(objectKey(namespace, name));
  if (backup === undefined) {
    return { backup: undefined, repository: undefined, actionSet: undefined };
  }
  const { repository, actionSet } = aroundBackup(inventory, refOf('backup', backup), backup);
  return { backup: refOf('backup', backup), repository, actionSet };
}

function clusterRef(inventory: Inventory, namespace: string | undefined, name: string): ObjectRef | undefined {
  const cluster = inventory.clusters.items.get(objectKey(namespace, name));
  return cluster === undefined ? undefined : refOf('cluster', cluster);
}

function policyRef(inventory: Inventory, namespace: string | undefined, name = ''): ObjectRef | undefined {
  const policy = inventory.policies.items.get(objectKey(namespace, name));
  return policy === undefined ? undefined : refOf('backupPolicy', policy);
}

function repositoryRef(inventory: Inventory, name = ''): ObjectRef | undefined {
  const repo = inventory.repos.items.get(objectKey(undefined, name));
  return repo === undefined ? undefined : refOf('backupRepo', repo);
}
