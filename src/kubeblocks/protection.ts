import { backupState, backupType, createdAt, endOf, instant } from './backupState';
import { componentOf } from './clusterIndex';
import type { ClusterEntry } from './clusterIndex';
import { emptyRestoreReason } from './emptyRestore';
import { nextRuns, isCronError, parseCron } from './cron';
import type { Inventory } from './inventory';
import { chainOf, typeOf } from './lineage';
import type { LogState } from './logState';
import { logStateOf } from './logState';
import type { Backup, BackupRepo } from './objects';
import { recoveryReach } from './recoveryWindow';
import { repositoryOf, repositoryState } from './repositoryState';
import type { ScheduleRow } from './schedules';
import { scheduleRows } from './schedules';

export type Risk =
  | { readonly kind: 'old'; readonly ageMs: number }
  | { readonly kind: 'onlyCopyExpires'; readonly at: number }
  | { readonly kind: 'logStopped'; readonly since: number | undefined }
  | { readonly kind: 'lastFailed'; readonly backup: Backup }
  | { readonly kind: 'repositoryNotReady'; readonly repo: BackupRepo }
  | { readonly kind: 'componentNotBackedUp'; readonly component: string };

/** What one gets back if the cluster is lost now, worst first. */
export type ProtectionStatus =
  /** Backups cannot be read (yet). */
  | { readonly kind: 'unknown' }
  /** Running, but nothing was restored into it. */
  | { readonly kind: 'empty'; readonly reason: string }
  | { readonly kind: 'notBackedUp' }
  /** Worst risk first. */
  | { readonly kind: 'atRisk'; readonly risks: readonly Risk[] }
  | { readonly kind: 'protected' }
  /** Ms since the epoch. */
  | { readonly kind: 'recoverable'; readonly to: number };

export interface Protection {
  readonly status: ProtectionStatus;
  /** Newest completed backup that restores by itself: full or snapshot, or incremental with a whole chain. */
  readonly lastGood: Backup | undefined;
  /** Newest failed backup that nothing good followed. */
  readonly lastFailed: Backup | undefined;
  readonly log: LogState;
  readonly nextRun: { readonly at: number; readonly method: string } | undefined;
  /** How much is lost if the cluster is lost now; undefined when all of it is. Ms. */
  readonly worstLossMs: number | undefined;
  readonly running: number;
}

export interface ClusterProtection extends Protection {
  readonly components: ReadonlyMap<string, Protection>;
}

export interface ProtectionOptions {
  /** How old the last good backup may be; by default its schedule's interval (a day at least) and an hour. Ms. */
  readonly maxAgeMs?: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RANK = ['unknown', 'empty', 'notBackedUp', 'atRisk', 'protected', 'recoverable'] as const;
const RISKS = ['old', 'componentNotBackedUp', 'onlyCopyExpires', 'logStopped', 'repositoryNotReady', 'lastFailed'] as const;

export function protectionOf(inventory: Inventory, entry: ClusterEntry, now: number, options: ProtectionOptions = {}): ClusterProtection {
  const rows = scheduleRows(inventory, entry, now);
  const whole: Part = { backups: entry.backups, rows };
  const wholeProtection = protectionOfPart(whole, { inventory, entry, rows, component: undefined, now, options });
  const components = new Map(
    backedComponents(entry).map((component) => {
      const part = partOf(entry, rows, component);
      return [component, isAll(part, whole) ? wholeProtection : protectionOfPart(part, { inventory, entry, rows, component, now, options })];
    }),
  );
  return { ...wholeProtection, status: clusterStatus(inventory, entry, wholeProtection.status, components), components };
}

interface Part {
  readonly backups: readonly Backup[];
  readonly rows: readonly ScheduleRow[];
}

interface Context {
  readonly inventory: Inventory;
  readonly entry: ClusterEntry;
  /** Of the whole cluster. */
  readonly rows: readonly ScheduleRow[];
  readonly component: string | undefined;
  readonly now: number;
  readonly options: ProtectionOptions;
}

/** Components that something is or could be backed up of: the others have nothing to lose. */
function backedComponents(entry: ClusterEntry): string[] {
  const named = [...entry.policies, ...entry.backups].flatMap((object) => componentOf(object) ?? []);
  return [...new Set(named)].filter((component) => entry.components.includes(component)).sort();
}

function partOf(entry: ClusterEntry, rows: readonly ScheduleRow[], component: string): Part {
  const isOf = (object: Parameters<typeof componentOf>[0]): boolean => componentOf(object) === component;
  return { backups: entry.backups.filter(isOf), rows: rows.filter(({ schedule }) => isOf(schedule)) };
}

/** Everything there is belongs to this one component. */
function isAll(part: Part, whole: Part): boolean {
  return part.backups.length === whole.backups.length && part.rows.length === whole.rows.length;
}

function protectionOfPart(part: Part, context: Context): Protection {
  const { inventory, entry, component, now } = context;
  const lastGood = newestGood(inventory, part.backups);
  const lastFailed = part.backups.find((backup) => backupState(backup) === 'failed' && backupType(backup) !== 'Continuous');
  const failedSince = lastFailed !== undefined && createdAt(lastFailed) > (lastGood === undefined ? 0 : createdAt(lastGood)) ? lastFailed : undefined;
  const log = logStateOf(entry, component, { rows: context.rows, now });
  const recoverableTo = log.kind === 'running' ? recoveryReach(inventory, log.backup) : undefined;
  const goodEnd = lastGood === undefined ? undefined : endOf(lastGood);
  const known = recoverableTo ?? goodEnd;
  return {
    status: statusOf(part, context, { lastGood, lastFailed: failedSince, log, recoverableTo }),
    lastGood,
    lastFailed: failedSince,
    log,
    nextRun: nextRunOf(part.rows),
    worstLossMs: known === undefined ? undefined : Math.max(0, now - known),
    running: part.backups.filter((backup) => backupState(backup) === 'running' && backupType(backup) !== 'Continuous').length,
  };
}

interface Seen {
  readonly lastGood: Backup | undefined;
  readonly lastFailed: Backup | undefined;
  readonly log: LogState;
  readonly recoverableTo: number | undefined;
}

function statusOf(part: Part, context: Context, seen: Seen): ProtectionStatus {
  const { state } = context.inventory.backups.state;
  if (state === 'loading' || state === 'forbidden' || state === 'absent') {
    return { kind: 'unknown' };
  }
  if (seen.lastGood === undefined && seen.recoverableTo === undefined) {
    return { kind: 'notBackedUp' };
  }
  const risks = risksOf(part, context, seen);
  if (risks.length > 0) {
    return { kind: 'atRisk', risks };
  }
  return seen.recoverableTo === undefined ? { kind: 'protected' } : { kind: 'recoverable', to: seen.recoverableTo };
}

function risksOf({ backups, rows }: Part, { inventory, now, options }: Context, { lastGood, lastFailed, log, recoverableTo }: Seen): Risk[] {
  const risks: Risk[] = [];
  const age = lastGood === undefined ? undefined : now - (endOf(lastGood) ?? createdAt(lastGood));
  if (age !== undefined && recoverableTo === undefined && age > (options.maxAgeMs ?? allowedAge(rows, now))) {
    risks.push({ kind: 'old', ageMs: age });
  }
  const expires = instant(lastGood?.status?.expiration);
  const next = nextRunOf(rows)?.at;
  const isDueFirst = expires !== undefined && expires >= now && expires < now + DAY && (next === undefined || next > expires);
  if (isDueFirst && isOnlyCopy(inventory, backups, lastGood, expires)) {
    risks.push({ kind: 'onlyCopyExpires', at: expires });
  }
  if (log.kind === 'stopped') {
    risks.push({ kind: 'logStopped', since: log.since });
  }
  if (lastFailed !== undefined) {
    risks.push({ kind: 'lastFailed', backup: lastFailed });
  }
  const repo = lastGood === undefined ? undefined : inventory.repos.items.get(`/${repositoryOf(lastGood) ?? ''}`);
  if (repo !== undefined && repositoryState(repo) !== 'ready' && repositoryState(repo) !== 'checking') {
    risks.push({ kind: 'repositoryNotReady', repo });
  }
  return risks.sort((a, b) => RISKS.indexOf(a.kind) - RISKS.indexOf(b.kind));
}

/** A copy may be as old as the longest pause its schedule makes, and an hour for the backup to run. */
function allowedAge(rows: readonly ScheduleRow[], now: number): number {
  const pauses = rows
    .filter(({ nextRun }) => nextRun !== undefined)
    .map(({ item }) => {
      const cron = parseCron(item.cronExpression);
      const runs = isCronError(cron) ? [] : nextRuns(cron, now, 8);
      return Math.max(0, ...runs.slice(1).map((run, index) => run - (runs[index] ?? run)));
    });
  return Math.max(DAY, pauses.length === 0 ? 0 : Math.min(...pauses)) + HOUR;
}

/** No other good backup is left when this one goes. */
function isOnlyCopy(inventory: Inventory, backups: readonly Backup[], lastGood: Backup | undefined, expires: number): boolean {
  return !backups.some((backup) => {
    const other = instant(backup.status?.expiration);
    return backup !== lastGood && (other === undefined || other > expires) && isGoodCopy(inventory, backup);
  });
}

/** Backups are newest first; the first good one is the newest. */
function newestGood(inventory: Inventory, backups: readonly Backup[]): Backup | undefined {
  return backups.find((backup) => isGoodCopy(inventory, backup));
}

/** A completed backup that restores by itself: full or snapshot, or incremental with a whole chain. */
export function isGoodCopy(inventory: Inventory, backup: Backup): boolean {
  if (backupState(backup) !== 'completed') {
    return false;
  }
  const type = typeOf(inventory, backup);
  return type === 'Full' || (type === 'Incremental' && chainOf(inventory, backup).broken === undefined);
}

function nextRunOf(rows: readonly ScheduleRow[]): { at: number; method: string } | undefined {
  const runs = rows.flatMap(({ nextRun, item }) => (nextRun === undefined ? [] : [{ at: nextRun, method: item.backupMethod }]));
  return runs.sort((a, b) => a.at - b.at)[0];
}

/** The worst of the components, in the cluster's words. */
function clusterStatus(inventory: Inventory, entry: ClusterEntry, whole: ProtectionStatus, components: ReadonlyMap<string, Protection>): ProtectionStatus {
  const reason = entry.cluster === undefined ? undefined : emptyRestoreReason(inventory, entry.cluster);
  if (reason !== undefined) {
    return { kind: 'empty', reason };
  }
  if (components.size < 2 || whole.kind === 'notBackedUp' || whole.kind === 'unknown') {
    return whole;
  }
  const bare = [...components].filter(([, { status }]) => status.kind === 'notBackedUp').map(([name]) => name);
  if (bare.length > 0) {
    const others = whole.kind === 'atRisk' ? whole.risks : [];
    return { kind: 'atRisk', risks: [...bare.map((component): Risk => ({ kind: 'componentNotBackedUp', component })), ...others] };
  }
  return [...components.values()].map(({ status }) => status).reduce(worse, whole);
}

function worse(a: ProtectionStatus, b: ProtectionStatus): ProtectionStatus {
  if (a.kind === 'recoverable' && b.kind === 'recoverable') {
    return a.to <= b.to ? a : b;
  }
  return RANK.indexOf(b.kind) < RANK.indexOf(a.kind) ? b : a;
}
