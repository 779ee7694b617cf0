import * as l10n from '@vscode/l10n';
import { backupState } from './backupState';
import type { MethodOption } from './backupMethods';
import { backupMethods } from './backupMethods';
import type { PlanFinding } from './finding';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { KINDS } from './kinds';
import { LABELS } from './labels';
import { chainOf } from './lineage';
import { freeName, MAX_LABEL, nameProblem } from './names';
import type { Backup, BackupPolicy, Parameter } from './objects';
import { parameterProblems } from './parameters';
import { apiVersionOf } from './resource';
import { expiryOf, parseRetention, tooLongRetention } from './retention';
import type { TimeContext } from './timeText';
import { wallClock } from './timeText';

/** What a person chose. */
export interface BackupRequest {
  readonly policy: BackupPolicy;
  readonly method: string;
  readonly name: string;
  /** Empty or absent: kept for ever. */
  readonly retentionPeriod?: string;
  readonly deletionPolicy: 'Delete' | 'Retain';
  readonly parameters?: readonly Parameter[];
  /** Incremental only; without it the controller takes the newest that fits. */
  readonly parentBackupName?: string;
}

export interface BackupPlan {
  readonly object: Backup;
  readonly option: MethodOption | undefined;
  readonly findings: readonly PlanFinding[];
  /** When it would be removed if it completed now (ms since the epoch); undefined: never. */
  readonly expiresAt: number | undefined;
}

/** `orders-pg-20261123-1210` (local time), or with a number behind it where that is taken. */
export function defaultBackupName(inventory: Inventory, namespace: string, cluster: string, context: TimeContext): string {
  const { date, time } = wallClock(context.now, context.timeZone);
  const stamp = `-${date.replaceAll('-', '')}-${time.slice(0, 5).replace(':', '')}`;
  const wanted = `${cluster.slice(0, MAX_LABEL - stamp.length)}${stamp}`;
  return freeName(wanted, (name) => inventory.backups.items.has(objectKey(namespace, name)));
}

/** The Backup to create, as the OpsRequest controller would make it, and what is known to be wrong with it. */
export function planBackup(inventory: Inventory, request: BackupRequest, now: number): BackupPlan {
  const option = backupMethods(inventory, request.policy).find(({ name }) => name === request.method);
  return {
    object: backupObject(request),
    option,
    findings: [
      ...nameFindings(inventory, request),
      ...methodFindings(request, option),
      ...retentionFindings(request),
      ...parameterFindings(request, option),
      ...parentFindings(request, option),
      ...chainFindings(inventory, request, option),
      ...runningFindings(inventory, request),
    ],
    expiresAt: expiryOf(request.retentionPeriod, now),
  };
}

function backupObject({ policy, method, name, retentionPeriod, deletionPolicy, parameters, parentBackupName }: BackupRequest): Backup {
  const { namespace, labels } = policy.metadata;
  const instance = labels?.[LABELS.instance];
  return {
    apiVersion: apiVersionOf(KINDS.backup),
    kind: KINDS.backup.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(instance === undefined ? {} : { labels: { [LABELS.instance]: instance } }),
    },
    spec: {
      backupPolicyName: policy.metadata.name,
      backupMethod: method,
      deletionPolicy,
      ...(isBlank(retentionPeriod) ? {} : { retentionPeriod: retentionPeriod?.trim() ?? '' }),
      ...(isBlank(parentBackupName) ? {} : { parentBackupName: parentBackupName ?? '' }),
      ...(parameters === undefined || parameters.length === 0 ? {} : { parameters }),
    },
  };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function nameFindings(inventory: Inventory, { policy, name }: BackupRequest): PlanFinding[] {
  const problem = backupNameProblem(inventory, policy.metadata.namespace, name);
  return problem === undefined ? [] : [{ severity: 'error', code: 'name', field: 'name', message: problem }];
}

/** What is wrong with a name for a new backup, as a sentence. */
export function backupNameProblem(inventory: Inventory, namespace: string | undefined, name: string): string | undefined {
  const taken = inventory.backups.items.has(objectKey(namespace, name));
  return nameProblem(name, MAX_LABEL) ?? (taken ? l10n.t('A backup named {0} exists in {1}. Choose another name.', name, namespace ?? '') : undefined);
}

function methodFindings({ policy, method }: BackupRequest, option: MethodOption | undefined): PlanFinding[] {
  if (option === undefined) {
    const offered = (policy.spec?.backupMethods ?? []).map(({ name }) => name).join(', ');
    const message = l10n.t('Backup method {0} is not in policy {1} (it has {2}).', method, policy.metadata.name, offered);
    return [{ severity: 'error', code: 'method', field: 'method', message }];
  }
  const { problem } = option;
  return problem === undefined ? [] : [{ severity: 'error', code: problem.code, field: 'method', message: l10n.t('{0} cannot be used: {1}.', method, problem.message) }];
}

function retentionFindings({ retentionPeriod, deletionPolicy }: BackupRequest): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const problem = retentionProblem(retentionPeriod ?? '');
  if (problem !== undefined) {
    findings.push({ severity: 'error', code: 'retention', field: 'retentionPeriod', message: problem });
  }
  if (deletionPolicy === 'Retain') {
    const message = l10n.t('A retained backup cannot be deleted until its deletion policy is changed to Delete.');
    findings.push({ severity: 'info', code: 'retain', field: 'deletionPolicy', message });
    if (!isBlank(retentionPeriod)) {
      findings.push({ severity: 'warning', code: 'retainExpires', field: 'deletionPolicy', message: retainExpiresWords() });
    }
  }
  return findings;
}

/** `gc_controller.go` deletes what expired whatever its deletion policy; `backup_controller.go` then stops half way. */
export function retainExpiresWords(): string {
  return l10n.t('Retain does not keep it: when it expires, KubeBlocks begins to delete it, leaves it in Deleting for ever, and it can be restored no more, though its data stays. To keep it, leave the retention empty.');
}

/** What is wrong with a retention period, as a sentence. */
export function retentionProblem(text: string): string | undefined {
  return parseRetention(text).ok
    ? tooLongRetention(text)
    : l10n.t('"{0}" is no retention period. Write numbers with y, mo, w, d, h or m, such as 7d or 1mo12h, or nothing to keep it for ever.', text);
}

/** What is wrong with the parameters of a backup by this method. */
export function parameterFindings({ parameters = [] }: Pick<BackupRequest, 'parameters'>, option: MethodOption | undefined): PlanFinding[] {
  return parameterProblems(option?.actionSet, parameters, 'backup').map(({ name, message }) => ({
    severity: 'error',
    code: 'parameter',
    field: 'parameters',
    message: name === undefined ? message : l10n.t('Parameter {0}: {1}', name, message),
  }));
}

function parentFindings({ parentBackupName }: BackupRequest, option: MethodOption | undefined): PlanFinding[] {
  if (isBlank(parentBackupName) || option === undefined) {
    return [];
  }
  if (option.type !== 'Incremental') {
    return [{ severity: 'error', code: 'parent', field: 'parent', message: l10n.t('Only an incremental backup has a parent.') }];
  }
  const fits = option.parents.some(({ metadata }) => metadata.name === parentBackupName);
  const message = l10n.t('{0} is no completed backup that {1} can build on.', parentBackupName ?? '', option.name);
  return fits ? [] : [{ severity: 'error', code: 'parent', field: 'parent', message }];
}

/** What it will build on; the newest that fits where none was named, as the controller takes it. */
function chainFindings(inventory: Inventory, { parentBackupName, name }: BackupRequest, option: MethodOption | undefined): PlanFinding[] {
  const parent = isBlank(parentBackupName) ? option?.parents[0] : option?.parents.find(({ metadata }) => metadata.name === parentBackupName);
  if (option?.type !== 'Incremental' || parent === undefined) {
    return [];
  }
  const chain = [...chainOf(inventory, parent).backups.map(({ metadata }) => metadata.name), name].join(' → ');
  return [{ severity: 'info', code: 'chain', field: 'parent', message: l10n.t('Builds on {0}. It goes when one of them goes.', chain) }];
}

function runningFindings(inventory: Inventory, { policy, method }: BackupRequest): PlanFinding[] {
  for (const backup of inventory.backups.items.values()) {
    const same = backup.metadata.namespace === policy.metadata.namespace && backup.spec?.backupPolicyName === policy.metadata.name && backup.spec.backupMethod === method;
    const state = backupState(backup);
    if (same && (state === 'starting' || state === 'running') && isOnDemand(backup)) {
      const message = l10n.t('Backup {0} with this method is still running.', backup.metadata.name);
      return [{ severity: 'warning', code: 'alreadyRunning', field: 'method', message }];
    }
  }
  return [];
}

function isOnDemand(backup: Backup): boolean {
  return backup.metadata.labels?.[LABELS.autoBackup] !== 'true';
}

