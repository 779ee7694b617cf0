import * as l10n from '@vscode/l10n';
import { archiveInterval } from './schedules';
import { backupMethods, type MethodOption } from './backupMethods';
import { retentionProblem } from './backupPlan';
import { componentOf, type ClusterEntry } from './clusterIndex';
import { isCronError, nextRuns, parseCron } from './cron';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import { KINDS } from './kinds';
import { resourceOnLine } from './kindsOfLine';
import { freeName } from './names';
import type { BackupPolicy, BackupSchedule, Cluster, KubeObject, SchedulePolicy } from './objects';
import { apiVersionOf, type Resource } from './resource';
import { parseRetention } from './retention';
import { schedulePlace, type SchedulePlace } from './schedulePlace';

/** What a person chose for one method of one policy. */
export interface ScheduleRequest {
  readonly entry: ClusterEntry;
  readonly policy: BackupPolicy;
  readonly method: string;
  readonly enabled: boolean;
  /** UTC; absent leaves it as it is. */
  readonly cronExpression?: string;
  /** Absent leaves it as it is. */
  readonly retentionPeriod?: string;
}

/** The one object that is written. */
export type ScheduleChange =
  | { readonly kind: 'create'; readonly resource: Resource; readonly object: BackupSchedule }
  | {
      readonly kind: 'edit';
      readonly resource: Resource;
      /** As it will be, as far as it is known here; shown, not sent. */
      readonly object: BackupSchedule | Cluster;
      /** The merge patch over the object as it is now, whatever else somebody wrote meanwhile. */
      readonly patch: (live: KubeObject) => object;
    };

export interface SchedulePlan {
  readonly place: SchedulePlace;
  readonly change: ScheduleChange;
  readonly findings: readonly PlanFinding[];
  readonly option: MethodOption | undefined;
  /** The next five, ms since the epoch; none for a log backup, whose cron is an interval, and for what is off. */
  readonly nextRuns: readonly number[];
  readonly steady: SteadyState | undefined;
}

/** What a schedule leads to once as many copies are kept as will be. */
export interface SteadyState {
  readonly copies: number;
  /** By the size of the last one; undefined where none was made. */
  readonly bytes: number | undefined;
  /** When the first copy that this schedule makes is removed, if it completes at once. Ms since the epoch. */
  readonly firstExpiry: number;
}

/** How many runs a person is shown. */
const SHOWN_RUNS = 5;
/** Runs looked at to learn how far apart they are. */
const SAMPLE = 30;

/** The change that makes a method run by schedule, or not any more, written where it lasts. */
export function planSchedule(inventory: Inventory, request: ScheduleRequest, now: number): SchedulePlan {
  const { entry, policy, method, enabled } = request;
  const place = schedulePlace(inventory, entry.cluster, policy, method, enabled);
  const option = backupMethods(inventory, policy).find(({ name }) => name === method);
  const schedule = scheduleOf(entry, policy);
  const known = schedule?.spec?.schedules?.find(({ backupMethod }) => backupMethod === method);
  const item = itemOf(request, known);
  const runs = enabled && option?.type !== 'Continuous' ? runsOf(item.cronExpression, now) : [];
  return {
    place,
    change: place.kind === 'cluster' && entry.cluster !== undefined ? clusterChange(inventory, request, place.role, entry.cluster) : scheduleChange(inventory, request, schedule, item),
    findings: [...methodFindings(request, option), ...cronFindings(request, item, option), ...retentionFindings(request), ...placeFindings(request, place), ...(enabled ? neededFindings(inventory, request, option) : lossFindings(inventory, request, option))],
    option,
    nextRuns: runs.slice(0, SHOWN_RUNS),
    steady: steadyState(runs, item.retentionPeriod, option),
  };
}

/** The schedule of the policy. Several may be made by hand; the first is the generated one or the oldest name. */
export function scheduleOf(entry: ClusterEntry, policy: BackupPolicy): BackupSchedule | undefined {
  return entry.schedules.find(({ metadata, spec }) => metadata.namespace === policy.metadata.namespace && spec?.backupPolicyName === policy.metadata.name);
}

function itemOf({ method, enabled, cronExpression, retentionPeriod }: ScheduleRequest, known: SchedulePolicy | undefined): SchedulePolicy {
  return {
    ...(known ?? { name: method, backupMethod: method, cronExpression: DEFAULT_CRON }),
    enabled,
    ...(cronExpression === undefined ? {} : { cronExpression }),
    ...(retentionPeriod === undefined ? {} : { retentionPeriod }),
  };
}

/** As the controllers give a method without a schedule of its own. */
const DEFAULT_CRON = '0 18 * * *';

function scheduleChange(inventory: Inventory, request: ScheduleRequest, schedule: BackupSchedule | undefined, item: SchedulePolicy): ScheduleChange {
  if (schedule === undefined) {
    return { kind: 'create', resource: KINDS.backupSchedule, object: newSchedule(inventory, request, item) };
  }
  const edited = (live: BackupSchedule): readonly SchedulePolicy[] => withItem(live.spec?.schedules ?? [], request, item);
  return {
    kind: 'edit',
    resource: KINDS.backupSchedule,
    object: { ...schedule, spec: { ...schedule.spec, schedules: edited(schedule) } },
    patch: (live) => ({ ...guard(live), spec: { schedules: edited(live) } }),
  };
}

/** Of the live item what was not asked about stays: somebody may have changed it since the plan was made. */
function withItem(live: readonly SchedulePolicy[], request: ScheduleRequest, item: SchedulePolicy): readonly SchedulePolicy[] {
  const isThis = ({ backupMethod }: SchedulePolicy): boolean => backupMethod === request.method;
  return live.some(isThis) ? live.map((each) => (isThis(each) ? itemOf(request, each) : each)) : [...live, item];
}

function newSchedule(inventory: Inventory, { entry, policy }: ScheduleRequest, item: SchedulePolicy): BackupSchedule {
  const { namespace, labels } = policy.metadata;
  const component = componentOf(policy);
  const name = freeName([entry.name, ...(component === undefined ? [] : [component]), 'backup-schedule'].join('-'), (taken) =>
    inventory.schedules.items.has(objectKey(namespace, taken)),
  );
  return {
    apiVersion: apiVersionOf(KINDS.backupSchedule),
    kind: KINDS.backupSchedule.kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(labels === undefined ? {} : { labels }) },
    spec: { backupPolicyName: policy.metadata.name, schedules: [item] },
  };
}

function clusterChange({ line }: Inventory, request: ScheduleRequest, role: 'method' | 'log' | 'incremental', cluster: Cluster): ScheduleChange {
  const backup = clusterFields(request, role);
  return {
    kind: 'edit',
    resource: line === undefined ? KINDS.cluster : resourceOnLine('cluster', line),
    object: { ...cluster, spec: { ...cluster.spec, backup: { ...cluster.spec?.backup, ...backup } } },
    patch: (live) => ({ ...guard(live), spec: { backup } }),
  };
}

function clusterFields({ method, enabled, cronExpression, retentionPeriod }: ScheduleRequest, role: 'method' | 'log' | 'incremental'): object {
  switch (role) {
    case 'method':
      return { enabled, ...(cronExpression === undefined ? {} : { cronExpression }), ...(retentionPeriod === undefined ? {} : { retentionPeriod }) };
    case 'log':
      return { pitrEnabled: enabled, ...(enabled ? { continuousMethod: method } : {}) };
    case 'incremental':
      return { incrementalBackupEnabled: enabled, ...(cronExpression === undefined ? {} : { incrementalCronExpression: cronExpression }) };
  }
}

/** The API server refuses the patch when the object changed after it was read. */
function guard({ metadata: { resourceVersion } }: KubeObject): object {
  return resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
}

function methodFindings({ policy, method, enabled }: ScheduleRequest, option: MethodOption | undefined): PlanFinding[] {
  if (option === undefined) {
    const message = l10n.t('Backup method {0} is not in policy {1}.', method, policy.metadata.name);
    return [{ severity: 'error', code: 'method', field: 'method', message }];
  }
  const { problem } = option;
  if (!enabled || problem === undefined || problem.code === 'scheduleOnly') {
    return [];
  }
  // An incremental waits for its first full copy; the rest fails at each run, and may be put right before the first.
  const message = l10n.t('Each run would fail as things are: {0}.', problem.message);
  return [{ severity: problem.code === 'notRunnable' || problem.code === 'noCompatibleMethod' ? 'error' : 'warning', code: problem.code, field: 'method', message }];
}

function cronFindings({ enabled }: ScheduleRequest, { cronExpression }: SchedulePolicy, option: MethodOption | undefined): PlanFinding[] {
  const problem = option?.type === 'Continuous' ? undefined : cronProblem(cronExpression);
  return problem === undefined ? [] : [{ severity: enabled ? 'error' : 'warning', code: 'cron', field: 'cronExpression', message: problem }];
}

/** What is wrong with a cron expression, as a sentence. */
export function cronProblem(expression: string): string | undefined {
  const parsed = parseCron(expression);
  return isCronError(parsed) ? l10n.t('"{0}" is no cron expression that runs: {1}. Write minute, hour, day of month, month and day of week, in UTC, such as 0 18 * * *.', expression, parsed.error) : undefined;
}

function retentionFindings({ retentionPeriod = '' }: ScheduleRequest): PlanFinding[] {
  const problem = retentionProblem(retentionPeriod);
  return problem === undefined ? [] : [{ severity: 'error', code: 'retention', field: 'retentionPeriod', message: problem }];
}

function placeFindings({ entry, method, cronExpression, retentionPeriod }: ScheduleRequest, place: SchedulePlace): PlanFinding[] {
  if (place.kind === 'keptOff') {
    const message = l10n.t('spec.backup of cluster {0} runs {1}, and KubeBlocks switches {2} off again with each change of the cluster. Turn {1} off first.', entry.name, place.instead, method);
    return [{ severity: 'error', code: 'keptOff', field: 'method', message }];
  }
  if (place.kind === 'schedule' || place.role === 'method') {
    return [];
  }
  const ignored = [...(place.role === 'log' && cronExpression !== undefined ? [l10n.t('the interval')] : []), ...(retentionPeriod === undefined ? [] : [l10n.t('the retention')])];
  const message = l10n.t('Cluster {0} gives {1} its own: {2} cannot be set for this method.', entry.name, method, ignored.join(', '));
  return ignored.length === 0 ? [] : [{ severity: 'warning', code: 'governed', message }];
}

/** What has to be there for the copies to be worth something. */
function neededFindings(inventory: Inventory, { entry, policy, method }: ScheduleRequest, option: MethodOption | undefined): PlanFinding[] {
  const items = scheduleOf(entry, policy)?.spec?.schedules ?? [];
  const isOn = (name: string): boolean => items.some(({ backupMethod, enabled }) => backupMethod === name && enabled === true);
  const options = backupMethods(inventory, policy);
  if (option?.type === 'Incremental') {
    const base = option.method.compatibleMethod ?? '';
    const message = l10n.t('{0} builds on {1}, which no schedule runs: without new full copies its chain grows until the first link expires.', method, base);
    return isOn(base) ? [] : [{ severity: 'warning', code: 'noFullSchedule', field: 'method', message }];
  }
  if (option?.type !== 'Continuous') {
    return [];
  }
  const findings: PlanFinding[] = [];
  const others = options.filter(({ name, type }) => type === 'Continuous' && name !== method && isOn(name));
  if (others.length > 0) {
    findings.push({ severity: 'warning', code: 'severalLogs', field: 'method', message: l10n.t('{0} is on already and archives the same log. Turn it off unless both are wanted.', others.map(({ name }) => name).join(', ')) });
  }
  const needsBase = option.actionSet?.spec?.restore?.baseBackupRequired !== false;
  const hasBase = options.some(({ type, name, last }) => type === 'Full' && (last !== undefined || isOn(name)));
  if (needsBase && !hasBase) {
    findings.push({ severity: 'warning', code: 'noBase', field: 'method', message: l10n.t('A log restores nothing by itself: take a full backup, or schedule one. Until it completes there is no instant to go back to.') });
  }
  return findings;
}

/** What is lost by turning a method off. */
function lossFindings(inventory: Inventory, { entry, policy, method }: ScheduleRequest, option: MethodOption | undefined): PlanFinding[] {
  if (option?.type === 'Continuous') {
    return [{ severity: 'warning', code: 'logEnds', field: 'method', message: l10n.t('Archiving stops: no instant after this moment can be restored, until the log runs again and a new full backup is made.') }];
  }
  const others = (scheduleOf(entry, policy)?.spec?.schedules ?? []).filter(({ backupMethod, enabled }) => backupMethod !== method && enabled === true);
  const full = new Set(backupMethods(inventory, policy).flatMap(({ name, type }) => (type === 'Full' ? [name] : [])));
  const isLast = option?.type === 'Full' && !others.some(({ backupMethod }) => full.has(backupMethod));
  return isLast ? [{ severity: 'warning', code: 'noFullLeft', field: 'method', message: l10n.t('No other schedule makes full backups of {0}: those there are expire, and no new ones come.', entry.name) }] : [];
}

function runsOf(cronExpression: string, now: number): readonly number[] {
  const cron = parseCron(cronExpression);
  return isCronError(cron) ? [] : nextRuns(cron, now, SAMPLE);
}

function steadyState(runs: readonly number[], retention: string | undefined, option: MethodOption | undefined): SteadyState | undefined {
  const [first, ...later] = runs;
  const last = later.at(-1);
  const kept = parseRetention(retention ?? '');
  if (first === undefined || last === undefined || !kept.ok || kept.ms <= 0) {
    return undefined;
  }
  const interval = (last - first) / later.length;
  const copies = Math.max(1, Math.ceil(kept.ms / interval));
  const size = option?.last?.bytes;
  return { copies, bytes: size === undefined ? undefined : size * copies, firstExpiry: first + kept.ms };
}

/** How often a log backup archives, where its schedule says so. Ms. */
export function archivesEvery(entry: ClusterEntry, policy: BackupPolicy, method: string): number | undefined {
  const item = scheduleOf(entry, policy)?.spec?.schedules?.find(({ backupMethod }) => backupMethod === method);
  return item === undefined ? undefined : archiveInterval(item.cronExpression);
}
