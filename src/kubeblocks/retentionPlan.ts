import * as l10n from '@vscode/l10n';
import { backupState, instant, isEnded } from './backupState';
import { retainExpiresWords, retentionProblem } from './backupPlan';
import { deletionLoss, type DeletionLoss } from './deletionLoss';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import { LABELS } from './labels';
import { chainOf, descendantsOf, typeOf } from './lineage';
import type { Backup } from './objects';
import { expiryOf } from './retention';
import { isLatestKept } from './windowCut';

export type DeletionPolicy = 'Delete' | 'Retain';

/** What a person chose for a backup set that exists. */
export interface RetentionRequest {
  /** Empty: kept for ever. */
  readonly retentionPeriod: string;
  readonly deletionPolicy: DeletionPolicy;
}

/** The patches that a change needs, over the object as it is by then. */
export interface RetentionPatches {
  readonly spec: object | undefined;
  /**
   * Of the status. KubeBlocks computes the expiration of a backup when it ends, and never again (`SetExpirationTime` of
   * `pkg/dataprotection/backup/utils.go`, seen on 1.0.2): of an ended one a new retention alone changes nothing, because
   * its garbage collector reads `status.expiration` only.
   */
  readonly status: object | undefined;
}

export interface RetentionPlan {
  readonly backup: Backup;
  readonly request: RetentionRequest;
  /** What is changed, as it will be; shown, not sent. */
  readonly object: Backup;
  readonly findings: readonly PlanFinding[];
  readonly expiry: Expiry;
  /** What is lost at once, where it expires in the past; undefined elsewhere. */
  readonly loss: DeletionLoss | undefined;
}

/** When a backup is removed. */
export type Expiry =
  | { readonly kind: 'never' }
  /** Ms since the epoch. */
  | { readonly kind: 'at'; readonly at: number }
  /** It has not ended: counted from its end. */
  | { readonly kind: 'afterEnd' };

/** When a backup with this retention is removed; `undefined` for a retention that cannot be read. */
export function expiryWith(backup: Backup, retentionPeriod: string): Expiry | undefined {
  if (retentionProblem(retentionPeriod) !== undefined) {
    return undefined;
  }
  const at = expiryOf(retentionPeriod, countedFrom(backup));
  return at === undefined ? { kind: 'never' } : isEnded(backup) ? { kind: 'at', at } : { kind: 'afterEnd' };
}

/** From its end where it completed, else from its beginning, as the controller counts. */
function countedFrom({ status, metadata }: Backup): number {
  const end = status?.phase === 'Completed' ? instant(status.completionTimestamp) : undefined;
  return end ?? instant(status?.startTimestamp) ?? instant(metadata.creationTimestamp) ?? 0;
}

/** What is to be written for the request; neither where nothing would change. */
export function retentionPatches(backup: Backup, { retentionPeriod, deletionPolicy }: RetentionRequest): RetentionPatches {
  const { spec, status } = backup;
  const expiry = expiryWith(backup, retentionPeriod);
  const changes = {
    ...((spec?.retentionPeriod ?? '') === retentionPeriod ? {} : { retentionPeriod: retentionPeriod === '' ? null : retentionPeriod }),
    ...((spec?.deletionPolicy ?? 'Delete') === deletionPolicy ? {} : { deletionPolicy }),
  };
  const expiration = expiry?.kind === 'at' ? rfc3339(expiry.at) : null;
  const isSame = (status?.expiration ?? null) === expiration;
  return { spec: Object.keys(changes).length === 0 ? undefined : changes, status: !isEnded(backup) || isSame ? undefined : { expiration } };
}

/** Whole seconds, as Kubernetes writes times. */
function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The change of a backup set's retention and deletion policy, with what comes of it. */
export function planRetention(inventory: Inventory, backup: Backup, request: RetentionRequest, now: number): RetentionPlan {
  const expiry = expiryWith(backup, request.retentionPeriod) ?? { kind: 'never' };
  const isOver = expiry.kind === 'at' && expiry.at <= now && !isLeftToBase(inventory, backup) && !isLatestKept(inventory, backup);
  const loss = isOver ? deletionLoss(inventory, [backup], now) : undefined;
  return {
    backup,
    request,
    object: shown(backup, request),
    findings: [...problems(inventory, backup, request), ...consequences(inventory, backup, request, { expiry, isOver })],
    expiry,
    loss,
  };
}

function shown(backup: Backup, request: RetentionRequest): Backup {
  const { apiVersion, kind, metadata } = backup;
  const { status } = retentionPatches(backup, request);
  const { name, namespace } = metadata;
  const { retentionPeriod, deletionPolicy } = request;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { deletionPolicy, ...(retentionPeriod === '' ? {} : { retentionPeriod }) },
    ...(status === undefined ? {} : { status: status }),
  };
}

function problems(inventory: Inventory, backup: Backup, request: RetentionRequest): PlanFinding[] {
  const { name } = backup.metadata;
  const problem = retentionProblem(request.retentionPeriod);
  if (problem !== undefined) {
    return [{ severity: 'error', code: 'retention', field: 'retentionPeriod', message: problem }];
  }
  if (backupState(backup) === 'deleting') {
    return [{ severity: 'error', code: 'deleting', message: l10n.t('{0} is being deleted: nothing can be changed any more.', name) }];
  }
  const { spec, status } = retentionPatches(backup, request);
  if (spec === undefined && status === undefined) {
    return [{ severity: 'error', code: 'unchanged', message: l10n.t('{0} has this retention and this deletion policy already.', name) }];
  }
  const schedule = backup.metadata.labels?.[LABELS.backupSchedule];
  const governed = typeOf(inventory, backup) === 'Continuous' && schedule !== undefined && inventory.schedules.items.has(objectKey(backup.metadata.namespace, schedule));
  const message = l10n.t('KubeBlocks gives log backup {0} the retention of its line in BackupSchedule {1} again and again. Change it there.', name, schedule ?? '');
  return governed && (backup.spec?.retentionPeriod ?? '') !== request.retentionPeriod ? [{ severity: 'error', code: 'governed', field: 'retentionPeriod', message }] : [];
}

interface Outlook {
  readonly expiry: Expiry;
  readonly isOver: boolean;
}

function consequences(inventory: Inventory, backup: Backup, { deletionPolicy }: RetentionRequest, { expiry, isOver }: Outlook): PlanFinding[] {
  const { name } = backup.metadata;
  const base = chainOf(inventory, backup).backups[0];
  const children = descendantsOf(inventory, backup).map(({ metadata }) => metadata.name);
  const findings: PlanFinding[] = [];
  if (isLeftToBase(inventory, backup)) {
    const message = l10n.t('An incremental backup goes with the full one that it builds on ({0}), and never by itself: its own retention decides nothing.', base?.metadata.name ?? '');
    return [{ severity: 'warning', code: 'incremental', field: 'retentionPeriod', message }];
  }
  if (deletionPolicy === 'Retain' && expiry.kind !== 'never') {
    findings.push({ severity: 'warning', code: 'retainExpires', field: 'deletionPolicy', message: retainExpiresWords() });
  }
  if (isOver) {
    findings.push({ severity: 'warning', code: 'expired', field: 'retentionPeriod', message: l10n.t('That time is over: KubeBlocks deletes {0} within a minute or so.', name) });
  }
  if (children.length > 0 && expiry.kind !== 'never') {
    findings.push({ severity: 'info', code: 'children', message: l10n.t('These build on it and go with it: {0}.', children.join(', ')) });
  }
  if (expiry.kind !== 'never' && retainsLatest(inventory, backup)) {
    findings.push({ severity: 'info', code: 'retainLatest', message: l10n.t('Its policy keeps the newest completed backup of each method, whatever its age.') });
  }
  return findings;
}

/** The garbage collector leaves completed incrementals to their base (`gc_controller.go`). */
function isLeftToBase(inventory: Inventory, backup: Backup): boolean {
  return backupState(backup) === 'completed' && typeOf(inventory, backup) === 'Incremental';
}

function retainsLatest(inventory: Inventory, backup: Backup): boolean {
  return inventory.policies.items.get(objectKey(backup.metadata.namespace, backup.spec?.backupPolicyName ?? ''))?.spec?.retentionPolicy === 'retainLatestBackup';
}
