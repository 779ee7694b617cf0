import * as l10n from '@vscode/l10n';
import { fillsVolumes, leavesSnapshotsOut, leavesVolumesOut } from './bases';
import { backupMethods, type MethodOption } from './backupMethods';
import { retentionProblem } from './backupPlan';
import type { ClusterEntry } from './clusterIndex';
import { isCronError, nextRuns, parseCron } from './cron';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import { KINDS } from './kinds';
import { resourceOnLine } from './kindsOfLine';
import { guard } from './guard';
import { freeName } from './names';
import type { BackupPolicy, BackupSchedule, Cluster, KubeObject, SchedulePolicy } from './objects';
import { apiVersionOf, type Resource } from './resource';
import { parseRetention } from './retention';
import { generatedScheduleName, schedulePlace, type SchedulePlace } from './schedulePlace';
import { settingsFindings, type ScheduleSettings } from './scheduleSettings';

/** What a person chose for one method of one policy. */
export interface ScheduleRequest extends ScheduleSettings {
  readonly entry: ClusterEntry;
  readonly policy: BackupPolicy;
  readonly method: string;
  readonly enabled: boolean;
  /** Which BackupSchedule of the policy, and which of its lines: a method may have several. Absent: those `lineFor` finds. */
  readonly line?: { readonly schedule: string; readonly name: string };
  /** UTC; absent leaves it as it is. */
  readonly cronExpression?: string;
  /** Absent leaves it as it is. */
  readonly retentionPeriod?: string;
}

/** An object that is written. */
export type ScheduleChange = { readonly kind: 'create'; readonly resource: Resource; readonly object: BackupSchedule } | ScheduleEdit;

export interface ScheduleEdit {
  readonly kind: 'edit';
  readonly resource: Resource;
  /** As it will be, as far as it is known here; shown, not sent. */
  readonly object: BackupSchedule | Cluster;
  /** The merge patch over the object as it is now, whatever else somebody wrote meanwhile. */
  readonly patch: (live: KubeObject) => object;
}

export interface SchedulePlan {
  readonly place: SchedulePlace;
  readonly change: ScheduleChange;
  /** Of the BackupSchedule, written before a change of the Cluster: what a Cluster cannot say. */
  readonly before: ScheduleEdit | undefined;
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
  const { schedule, item: known } = lineFor(entry, policy, method, request.line);
  const place = schedulePlace(inventory, { cluster: entry.cluster, policy, schedule, method, wanted: enabled });
  const option = backupMethods(inventory, policy).find(({ name }) => name === method);
  const item = itemOf(request, known, schedule);
  const isOfCluster = place.kind === 'cluster' && entry.cluster !== undefined;
  const runs = enabled && option?.type !== 'Continuous' ? runsOf(item.cronExpression, now) : [];
  return {
    place,
    change: isOfCluster ? clusterChange(inventory, request, place.role, entry.cluster) : scheduleChange(inventory, request, schedule, known, item),
    before: isOfCluster && schedule !== undefined ? settingsChange(request, schedule, known) : undefined,
    findings: [
      ...methodFindings(request, option),
      ...cronFindings(request, item, option),
      ...retentionFindings(request),
      ...settingsFindings(request, option, schedule),
      ...placeFindings(request, place),
      ...sideFindings(inventory, request, place, schedule),
      ...(enabled ? neededFindings(inventory, request, option, place) : lossFindings(inventory, request, option, known)),
    ],
    option,
    nextRuns: runs.slice(0, SHOWN_RUNS),
    steady: steadyState(runs, item.retentionPeriod, option),
  };
}

/** The schedules of a policy: the generated one and those that people made. */
export function schedulesOf(entry: ClusterEntry, policy: BackupPolicy): readonly BackupSchedule[] {
  return entry.schedules.filter(({ metadata, spec }) => metadata.namespace === policy.metadata.namespace && spec?.backupPolicyName === policy.metadata.name);
}

export interface ScheduleLine {
  readonly schedule: BackupSchedule | undefined;
  readonly item: SchedulePolicy | undefined;
}

/** Each line of a method, in whichever schedule of the policy. */
export function linesOf(entry: ClusterEntry, policy: BackupPolicy, method: string): readonly { readonly schedule: BackupSchedule; readonly item: SchedulePolicy }[] {
  return schedulesOf(entry, policy).flatMap((schedule) => (schedule.spec?.schedules ?? []).flatMap((item) => (item.backupMethod === method ? [{ schedule, item }] : [])));
}

/** The line that is asked for; else the one that runs, else the first, else the generated schedule, where a line would be added. */
export function lineFor(entry: ClusterEntry, policy: BackupPolicy, method: string, asked?: ScheduleRequest['line']): ScheduleLine {
  const schedules = schedulesOf(entry, policy);
  const lines = linesOf(entry, policy, method);
  if (asked !== undefined) {
    const line = lines.find(({ schedule, item }) => schedule.metadata.name === asked.schedule && lineName(item) === asked.name);
    return line ?? { schedule: schedules.find(({ metadata }) => metadata.name === asked.schedule), item: undefined };
  }
  const generated = schedules.find(({ metadata }) => metadata.name === generatedScheduleName(entry.name, policy));
  return lines.find(({ item }) => item.enabled === true) ?? lines[0] ?? { schedule: generated ?? schedules[0], item: undefined };
}

/** The line's name; it defaults to the method's. */
export function lineName({ name, backupMethod }: SchedulePolicy): string {
  return name === undefined || name === '' ? backupMethod : name;
}

/** What is written into a line; what is absent stays as it is. */
type LineWish = Pick<ScheduleRequest, 'method' | 'cronExpression' | 'retentionPeriod' | keyof ScheduleSettings> & { readonly enabled?: boolean };

function itemOf({ method, enabled, cronExpression, retentionPeriod, parameters }: LineWish, known: SchedulePolicy | undefined, schedule: BackupSchedule | undefined): SchedulePolicy {
  const names = new Set((schedule?.spec?.schedules ?? []).map(lineName));
  const { parameters: own, ...line } = known ?? { name: freeName(method, (name) => names.has(name)), backupMethod: method, cronExpression: DEFAULT_CRON };
  const given = parameters ?? own ?? [];
  return {
    ...line,
    ...(enabled === undefined ? {} : { enabled }),
    ...(cronExpression === undefined ? {} : { cronExpression }),
    ...(retentionPeriod === undefined ? {} : { retentionPeriod }),
    ...(given.length === 0 ? {} : { parameters: given }),
  };
}

/** As the controllers give a method without a schedule of its own. */
const DEFAULT_CRON = '0 18 * * *';

function scheduleChange(inventory: Inventory, request: ScheduleRequest, schedule: BackupSchedule | undefined, known: SchedulePolicy | undefined, item: SchedulePolicy): ScheduleChange {
  if (schedule === undefined) {
    return { kind: 'create', resource: KINDS.backupSchedule, object: newSchedule(inventory, request, item) };
  }
  return lineEdit(request, schedule, known, item);
}

function lineEdit(wish: LineWish, schedule: BackupSchedule, known: SchedulePolicy | undefined, item: SchedulePolicy): ScheduleEdit {
  const { startingDeadlineMinutes: deadline } = wish;
  const edited = (live: BackupSchedule): readonly SchedulePolicy[] => withItem(live, wish, known, item);
  const { startingDeadlineMinutes: current, ...spec } = schedule.spec ?? {};
  const shown = deadline === undefined ? current : (deadline ?? undefined);
  return {
    kind: 'edit',
    resource: KINDS.backupSchedule,
    object: { ...schedule, spec: { ...spec, ...(shown === undefined ? {} : { startingDeadlineMinutes: shown }), schedules: edited(schedule) } },
    patch: (live) => ({ ...guard(live), spec: { ...(deadline === undefined ? {} : { startingDeadlineMinutes: deadline }), schedules: edited(live) } }),
  };
}

/** What the Cluster has no word for; times and retention of the line stay, the Cluster gives them. */
function settingsChange({ method, startingDeadlineMinutes, parameters }: ScheduleRequest, schedule: BackupSchedule, known: SchedulePolicy | undefined): ScheduleEdit | undefined {
  if (startingDeadlineMinutes === undefined && parameters === undefined) {
    return undefined;
  }
  const wish: LineWish = { method, ...(startingDeadlineMinutes === undefined ? {} : { startingDeadlineMinutes }), ...(parameters === undefined ? {} : { parameters }) };
  return lineEdit(wish, schedule, known, itemOf(wish, known, schedule));
}

/** Of the live line what was not asked about stays: somebody may have changed it since the plan was made. */
function withItem(live: BackupSchedule, request: LineWish, known: SchedulePolicy | undefined, item: SchedulePolicy): readonly SchedulePolicy[] {
  const items = live.spec?.schedules ?? [];
  const isThis = (each: SchedulePolicy): boolean => each.backupMethod === request.method && lineName(each) === lineName(known ?? item);
  return items.some(isThis) ? items.map((each) => (isThis(each) ? itemOf(request, each, live) : each)) : [...items, item];
}

/** It goes with its cluster, and is not the one that `spec.backup` of a cluster would take over. */
function newSchedule(inventory: Inventory, { entry, policy, startingDeadlineMinutes }: ScheduleRequest, item: SchedulePolicy): BackupSchedule {
  const { namespace, labels } = policy.metadata;
  const generated = generatedScheduleName(entry.name, policy);
  const name = freeName(generated, (taken) => inventory.schedules.items.has(objectKey(namespace, taken)) || (taken === generated && entry.cluster?.spec?.backup !== undefined));
  return {
    apiVersion: apiVersionOf(KINDS.backupSchedule),
    kind: KINDS.backupSchedule.kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(entry.cluster?.metadata.uid === undefined ? {} : { ownerReferences: [ownerOf(entry.cluster, entry.cluster.metadata.uid)] }),
    },
    spec: { backupPolicyName: policy.metadata.name, ...(typeof startingDeadlineMinutes === 'number' ? { startingDeadlineMinutes } : {}), schedules: [item] },
  };
}

function ownerOf({ apiVersion, kind, metadata: { name } }: Cluster, uid: string): NonNullable<KubeObject['metadata']['ownerReferences']>[number] {
  return { apiVersion, kind, name, uid };
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

/** Of an empty retention the Cluster's controller takes no notice; no time at all is kept for ever (`retention_period.go`). */
const FOR_EVER = '0d';

function clusterFields({ method, enabled, cronExpression, retentionPeriod }: ScheduleRequest, role: 'method' | 'log' | 'incremental'): object {
  switch (role) {
    case 'method':
      return { enabled, ...(cronExpression === undefined ? {} : { cronExpression }), ...(retentionPeriod === undefined ? {} : { retentionPeriod: retentionPeriod === '' ? FOR_EVER : retentionPeriod }) };
    case 'log':
      return { pitrEnabled: enabled, ...(enabled ? { continuousMethod: method } : {}) };
    case 'incremental':
      return { incrementalBackupEnabled: enabled, ...(cronExpression === undefined ? {} : { incrementalCronExpression: cronExpression }) };
  }
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

function placeFindings(request: ScheduleRequest, place: SchedulePlace): PlanFinding[] {
  const { entry, method, cronExpression, retentionPeriod } = request;
  switch (place.kind) {
    case 'schedule':
      return [];
    case 'keptOff':
      return [{ severity: 'error', code: 'keptOff', field: 'method', message: keptOffWords(request, place) }];
    case 'noLine': {
      const message = l10n.t('Cluster {0} decides by spec.backup whether {1} runs, and has no line of its BackupSchedule to switch on. Add one for {1} there, switched off; then turn it on here.', entry.name, method);
      return [{ severity: 'error', code: 'noLine', field: 'method', message }];
    }
    case 'cluster': {
      if (place.role === 'method') {
        return [];
      }
      const ignored = [...(place.role === 'log' && cronExpression !== undefined ? [l10n.t('the interval')] : []), ...(retentionPeriod === undefined ? [] : [l10n.t('the retention')])];
      const message = l10n.t('Cluster {0} gives {1} its own: {2} cannot be set for this method.', entry.name, method, ignored.join(', '));
      return ignored.length === 0 ? [] : [{ severity: 'warning', code: 'governed', message }];
    }
  }
}

function keptOffWords({ entry, method }: ScheduleRequest, { instead, why }: Extract<SchedulePlace, { readonly kind: 'keptOff' }>): string {
  return why === 'otherFull'
    ? l10n.t('spec.backup of cluster {0} runs {1}, and KubeBlocks switches {2} off again with each change of the cluster. Turn {1} off first.', entry.name, instead, method)
    : l10n.t('spec.backup of cluster {0} names {1}, and KubeBlocks switches every incremental off that builds on another method, as {2} does. Schedule one that builds on {1}, or take spec.backup out of the cluster.', entry.name, instead, method);
}

/** What else KubeBlocks changes with it. */
function sideFindings(inventory: Inventory, { entry, policy, method, enabled }: ScheduleRequest, place: SchedulePlace, schedule: BackupSchedule | undefined): PlanFinding[] {
  if (place.kind !== 'cluster' || place.role === 'incremental') {
    return [];
  }
  const items = schedule?.spec?.schedules ?? [];
  const options = new Map(backupMethods(inventory, policy).map((option) => [option.name, option.type]));
  const type = place.role === 'log' ? 'Continuous' : 'Full';
  const ended = items.filter((item) => item.enabled === true && item.backupMethod !== method && options.get(item.backupMethod) === type).map(lineName);
  const same = place.role === 'method' ? items.filter(({ backupMethod }) => backupMethod === method).map(lineName) : [];
  return [
    ...(enabled && ended.length > 0
      ? [{ severity: 'warning', code: 'switchesOff', field: 'method', message: l10n.t('KubeBlocks switches {0} off with it: spec.backup of cluster {1} lets one such method run.', ended.join(', '), entry.name) } as const]
      : []),
    ...(same.length > 1 ? [{ severity: 'warning', code: 'severalLines', message: l10n.t('The cluster gives all lines of {0} ({1}) the same times and the same retention.', method, same.join(', ')) } as const] : []),
  ];
}

/** What has to be there for the copies to be worth something. */
function neededFindings(inventory: Inventory, { entry, policy, method }: ScheduleRequest, option: MethodOption | undefined, place: SchedulePlace): PlanFinding[] {
  const items = schedulesOf(entry, policy).flatMap(({ spec }) => spec?.schedules ?? []);
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
  // Where the Cluster switches the log, it switches the other off.
  if (others.length > 0 && place.kind === 'schedule') {
    findings.push({ severity: 'warning', code: 'severalLogs', field: 'method', message: l10n.t('{0} is on already and archives the same log. Turn it off unless both are wanted.', others.map(({ name }) => name).join(', ')) });
  }
  const needsBase = option.actionSet?.spec?.restore?.baseBackupRequired !== false;
  const leavesVolumes = leavesVolumesOut(option.method, option.actionSet);
  const isBase = ({ type, snapshot, actionSet }: MethodOption): boolean => type === 'Full' && !(snapshot && leavesSnapshotsOut(inventory)) && !(leavesVolumes && fillsVolumes(actionSet));
  const hasBase = options.some((each) => isBase(each) && (each.last !== undefined || isOn(each.name)));
  if (needsBase && !hasBase) {
    findings.push({ severity: 'warning', code: 'noBase', field: 'method', message: l10n.t('A log restores nothing by itself: take a full backup, or schedule one. Until it completes there is no instant to go back to.') });
  }
  return findings;
}

/** What is lost by turning a method off. */
function lossFindings(inventory: Inventory, { entry, policy }: ScheduleRequest, option: MethodOption | undefined, known: SchedulePolicy | undefined): PlanFinding[] {
  if (option?.type === 'Continuous') {
    return [{ severity: 'warning', code: 'logEnds', field: 'method', message: l10n.t('Archiving stops: no instant after this moment can be restored, until the log runs again and a new full backup is made.') }];
  }
  const others = schedulesOf(entry, policy).flatMap(({ spec }) => (spec?.schedules ?? []).filter((each) => each !== known && each.enabled === true));
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
