import * as l10n from '@vscode/l10n';
import { backupState, backupType, createdAt, instant } from '../backupState';
import { LABELS } from '../labels';
import type { Inventory } from '../inventory';
import type { Backup, BackupRepo, BackupSchedule, Cluster, KubeObject, OpsRequest, Restore } from '../objects';
import { redactText } from '../redact';
import { repositoryProblem, repositoryState } from '../repositoryState';
import { opsState, restoreActions, restoreState } from '../restoreState';
import type { TimeContext } from '../timeText';
import { backupPace, restorePace, type Pace } from '../usualDuration';
import { stepsSection } from './describeBackup';
import { conditionsSection } from './describeObject';
import type { Section } from './page';
import { facts, table } from './page';

/** What a diagnosis is about, as its page needs it. */
export interface DiagnosisSubject {
  readonly name: string;
  /** `underway` has not ended; `fine` is as it should be. */
  readonly state: 'failed' | 'underway' | 'fine';
  /** Something of it failed, though it has not itself: a restore of a cluster that is being made. */
  readonly hasTrouble?: boolean;
  /** The page's title. */
  readonly question: string;
  readonly pace: Pace | undefined;
  /** What its own fields say of when; oldest first. */
  readonly moments: readonly Moment[];
  readonly status: readonly (Section | undefined)[];
}

export interface Moment {
  /** Ms since the epoch. */
  readonly at: number;
  readonly what: string;
  /** Where it is another than what the diagnosis is about. */
  readonly object?: string;
}

export function backupSubject(inventory: Inventory, backup: Backup, time: TimeContext): DiagnosisSubject {
  const { metadata, status } = backup;
  const state = backupState(backup);
  const isLog = backupType(backup) === 'Continuous';
  const pace = backupPace(inventory, backup, time.now);
  const made = metadata.labels?.[LABELS.backupSchedule];
  return {
    ...named(backup, state === 'failed' ? 'failed' : state === 'completed' ? 'fine' : 'underway', pace?.isStuck === true || state === 'deleting' || isLog),
    pace,
    moments: momentsOf([
      [metadata.creationTimestamp, made === undefined ? l10n.t('created') : l10n.t('created by schedule {0}', made)],
      [status?.startTimestamp, l10n.t('started')],
      ...(status?.actions ?? []).flatMap(({ name = '', startTimestamp, completionTimestamp, phase }): (readonly [string | undefined, string])[] => [
        [startTimestamp, l10n.t('step {0} began', name)],
        [completionTimestamp, phase === 'Failed' ? l10n.t('step {0} failed', name) : l10n.t('step {0} ended', name)],
      ]),
      [status?.completionTimestamp, state === 'failed' ? l10n.t('failed') : l10n.t('ended')],
      [metadata.deletionTimestamp, l10n.t('deletion was asked for')],
    ]),
    status: [
      facts(l10n.t('Status'), [
        [l10n.t('Phase'), status?.phase ?? l10n.t('none yet')],
        [l10n.t('Failure reason'), shown(status?.failureReason)],
        [l10n.t('Deletion failure'), shown(status?.deletionFailureReason)],
      ]),
      stepsSection(backup, time),
    ],
  };
}

export function restoreSubject(inventory: Inventory, restore: Restore, time: TimeContext): DiagnosisSubject {
  const { status } = restore;
  const state = restoreState(restore);
  const pace = restorePace(inventory, restore, time.now);
  return {
    ...named(restore, state === 'failed' ? 'failed' : state === 'completed' ? 'fine' : 'underway', pace?.isStuck === true),
    pace,
    moments: restoreMoments(restore),
    status: [
      facts(l10n.t('Status'), [[l10n.t('Phase'), status?.phase ?? l10n.t('none yet')]]),
      table(l10n.t('Steps'), [l10n.t('Step'), l10n.t('State'), l10n.t('Workload'), l10n.t('Message')], stepRows(restore)),
      conditionsSection(status?.conditions, time),
    ],
  };
}

function restoreMoments({ metadata, status }: Restore): Moment[] {
  return momentsOf([
    [metadata.creationTimestamp, l10n.t('created')],
    [status?.startTimestamp, l10n.t('started')],
    [status?.completionTimestamp, status?.phase === 'Failed' ? l10n.t('failed') : l10n.t('ended')],
  ]);
}

function stepRows(restore: Restore): readonly (readonly (string | undefined)[])[] {
  return restoreActions(restore).map((action) => [action.name, action.status, action.objectKey, shown(action.message)]);
}

/** The Restores that a request or a cluster waits for, each with its steps, in the order in which they were made. */
function restoresSection(restores: readonly Restore[]): Section | undefined {
  const rows = inOrder(restores).flatMap((restore) => {
    const { metadata, status } = restore;
    const [first = [], ...others] = stepRows(restore);
    return [[metadata.name, status?.phase ?? l10n.t('none yet'), ...first], ...others.map((row) => ['', '', ...row])];
  });
  return table(l10n.t('Restores'), [l10n.t('Restore'), l10n.t('Phase'), l10n.t('Step'), l10n.t('State'), l10n.t('Workload'), l10n.t('Message')], rows);
}

function momentsOfRestores(restores: readonly Restore[]): Moment[] {
  return restores.flatMap((restore) => restoreMoments(restore).map((moment) => ({ ...moment, object: restore.metadata.name })));
}

function inOrder(restores: readonly Restore[]): readonly Restore[] {
  return [...restores].sort((a, b) => createdAt(a) - createdAt(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

export function repositorySubject(repo: BackupRepo, time: TimeContext): DiagnosisSubject {
  const state = repositoryState(repo);
  const problem = repositoryProblem(repo);
  return {
    ...named(repo, state === 'ready' ? 'fine' : state === 'failed' ? 'failed' : 'underway', state === 'deleting'),
    ...(state === 'failed' ? { question: l10n.t('Why is repository {0} not ready?', repo.metadata.name) } : {}),
    pace: undefined,
    moments: conditionMoments(repo),
    status: [
      facts(l10n.t('Status'), [[l10n.t('Phase'), repo.status?.phase ?? l10n.t('none yet')]]),
      conditionsSection(repo.status?.conditions, time),
      // The pre-check’s log and events are copied here, and are nowhere else once its job is gone.
      problem?.message === undefined ? undefined : { kind: 'text', heading: l10n.t('What the failing check says'), text: redactText(problem.message) },
    ],
  };
}

/** `hasTrouble`: what it made failed, or was not made. */
export function scheduleSubject(schedule: BackupSchedule, hasTrouble: boolean): DiagnosisSubject {
  const { metadata, status } = schedule;
  const isFailed = status?.phase === 'Failed';
  return {
    ...named(schedule, isFailed ? 'failed' : 'fine', false),
    ...(isFailed ? { question: l10n.t('Why does schedule {0} not run?', metadata.name) } : hasTrouble ? { question: l10n.t('What is wrong with schedule {0}?', metadata.name), state: 'underway' as const } : {}),
    pace: undefined,
    moments: momentsOf([[metadata.creationTimestamp, l10n.t('created')]]),
    status: [facts(l10n.t('Status'), [[l10n.t('Phase'), status?.phase ?? l10n.t('none yet')], [l10n.t('Failure reason'), shown(status?.failureReason)]])],
  };
}

/** What a restore led to beside the object itself. `hasTrouble`: the new cluster holds nothing, or a restore into it failed. */
export interface Restoring {
  readonly restores: readonly Restore[];
  readonly hasTrouble: boolean;
}

export function opsSubject(ops: OpsRequest, time: TimeContext, { restores, hasTrouble }: Restoring): DiagnosisSubject {
  const { status, metadata, spec } = ops;
  const state = opsState(ops);
  const isOver = state === 'succeeded';
  return {
    ...named(ops, state === 'failed' || state === 'cancelled' ? 'failed' : isOver && !hasTrouble ? 'fine' : 'underway', state === 'running' || state === 'waiting'),
    hasTrouble,
    // It is called a success before the last step of a restore exists.
    ...(isOver && hasTrouble ? { question: l10n.t('What came of {0}?', metadata.name) } : {}),
    pace: undefined,
    moments: [...momentsOfRestores(restores), ...momentsOf([[metadata.creationTimestamp, l10n.t('created')], [status?.startTimestamp, l10n.t('started')], [status?.completionTimestamp, l10n.t('ended')]]), ...conditionMoments(ops)].sort(byTime),
    status: [
      facts(l10n.t('Status'), [[l10n.t('Phase'), status?.phase ?? l10n.t('none yet')], [l10n.t('Progress'), status?.progress], [l10n.t('Cluster'), spec?.clusterName], [l10n.t('Backup'), spec?.restore?.backupName ?? spec?.backup?.backupName]]),
      conditionsSection(status?.conditions, time),
      restoresSection(restores),
    ],
  };
}

export function clusterSubject(cluster: Cluster, time: TimeContext, { restores, hasTrouble }: Restoring): DiagnosisSubject {
  const phase = cluster.status?.phase;
  const isUp = phase === 'Running' || phase === 'Stopped';
  return {
    ...named(cluster, phase === 'Failed' || phase === 'Abnormal' ? 'failed' : isUp && !hasTrouble ? 'fine' : 'underway', !isUp),
    hasTrouble,
    ...(isUp && hasTrouble ? { question: l10n.t('What is wrong with cluster {0}?', cluster.metadata.name) } : {}),
    pace: undefined,
    moments: [...momentsOfRestores(restores), ...momentsOf([[cluster.metadata.creationTimestamp, l10n.t('created')]]), ...conditionMoments(cluster)].sort(byTime),
    status: [facts(l10n.t('Status'), [[l10n.t('Phase'), phase ?? l10n.t('none yet')], [l10n.t('Message'), shown(cluster.status?.message)]]), conditionsSection(cluster.status?.conditions, time), restoresSection(restores)],
  };
}

function named({ metadata: { name } }: KubeObject, state: DiagnosisSubject['state'], isWaiting: boolean): Pick<DiagnosisSubject, 'name' | 'state' | 'question'> {
  switch (state) {
    case 'failed':
      return { name, state, question: l10n.t('Why did {0} fail?', name) };
    case 'underway':
      return { name, state, question: isWaiting ? l10n.t('What does {0} wait for?', name) : l10n.t('How is {0} getting on?', name) };
    case 'fine':
      return { name, state, question: l10n.t('Is anything wrong with {0}?', name) };
  }
}

function momentsOf(rows: readonly (readonly [time: string | undefined, what: string])[]): Moment[] {
  return rows
    .flatMap(([time, what]) => {
      const at = instant(time);
      return at === undefined ? [] : [{ at, what }];
    })
    .sort(byTime);
}

function conditionMoments({ status }: BackupRepo | OpsRequest | Cluster): Moment[] {
  return momentsOf((status?.conditions ?? []).map(({ type, status: value, reason, lastTransitionTime }) => [lastTransitionTime, [type, value, reason].filter((part) => part !== undefined && part !== '').join(' · ')]));
}

function byTime(a: Moment, b: Moment): number {
  return a.at - b.at;
}

function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactText(text);
}
