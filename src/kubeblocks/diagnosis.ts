import * as l10n from '@vscode/l10n';
import { backupFailure } from './backupSteps';
import type { CauseRule, FixId } from './causes/causeRule';
import { CAUSES } from './causes/causes';
import type { Sign } from './diagnosisSigns';
import { distinctLogs, type Evidence } from './evidence';
import { isHealed } from './healedEvents';
import type { Backup, BackupRepo, BackupSchedule, Cluster, Condition, OpsRequest, Restore } from './objects';
import { redactText } from './redact';
import { repositoryProblem } from './repositoryState';
import { restoreFailure } from './restoreState';

/** A cause, with what speaks for it and what to do. */
export interface Cause {
  readonly code: string;
  /** A short sentence. */
  readonly title: string;
  /** What it means, a sentence or two; empty where it is not known. */
  readonly means: string;
  readonly certainty: 'sure' | 'likely' | 'possible';
  readonly evidence: readonly EvidenceLine[];
  /** Things to do, best first; whole sentences. */
  readonly todo: readonly string[];
  /** What of it can be started, best first. */
  readonly fixes: readonly FixId[];
}

export interface EvidenceLine {
  /** `status`, `pod dp-backup-0-…`, `log backupdata`, `event Job …`. */
  readonly source: string;
  readonly text: string;
}

/** A statement by how near it is to the fault; a nearer witness makes a cause surer. */
interface Witness extends EvidenceLine {
  readonly weight: number;
  /** Of a sign: the one cause it speaks for. */
  readonly code?: string;
}

/** Why a backup failed or does not end, likeliest first; never empty. `signs` are what the objects around it show (`backupSigns`). */
export function diagnoseBackup(backup: Backup, evidence: Evidence, signs: readonly Sign[] = []): Cause[] {
  const reasons = [backupFailure(backup), backup.status?.failureReason, backup.status?.deletionFailureReason];
  return diagnose(statusWitnesses(reasons), signs, evidence);
}

export function diagnoseRestore(restore: Restore, evidence: Evidence, signs: readonly Sign[] = []): Cause[] {
  return diagnose(statusWitnesses([restoreFailure(restore), ...complaints(restore.status?.conditions)]), signs, evidence);
}

/** The pre-check copies its job's log and events into the condition. */
export function diagnoseRepository(repo: BackupRepo, evidence: Evidence, signs: readonly Sign[] = []): Cause[] {
  const problem = repositoryProblem(repo);
  return diagnose(statusWitnesses([problem?.message, problem?.reason]), signs, evidence);
}

export function diagnoseSchedule(schedule: BackupSchedule, evidence: Evidence, signs: readonly Sign[] = []): Cause[] {
  return diagnose(statusWitnesses([schedule.status?.failureReason]), signs, evidence);
}

/** A request, or a cluster that is being restored. */
export function diagnoseConditions(object: OpsRequest | Cluster, evidence: Evidence, signs: readonly Sign[] = []): Cause[] {
  return diagnose(statusWitnesses(complaints(object.status?.conditions)), signs, evidence);
}

/** What conditions say that are not as they should be. */
function complaints(conditions: readonly Condition[] = []): string[] {
  return conditions.flatMap(({ status, message = '' }) => (status === 'False' && message !== '' ? [message] : []));
}

function diagnose(status: readonly Witness[], signs: readonly Sign[], evidence: Evidence): Cause[] {
  const shown = signs.map(({ source, text, code, isOfNow }): Witness => ({ source, text: redactText(text), weight: code === undefined || isOfNow === true ? 2 : 3, ...(code === undefined ? {} : { code }) }));
  const witnesses = [...shown, ...status, ...witnessesOf(evidence)];
  const causes = CAUSES.flatMap((rule, order) => {
    const found = witnesses.filter((witness) => speaksFor(witness, rule));
    const weight = Math.max(0, ...found.map((witness) => witness.weight));
    return weight === 0 ? [] : [{ rule, found, weight, order }];
  });
  causes.sort((a, b) => Number(a.rule.isSymptom ?? false) - Number(b.rule.isSymptom ?? false) || b.weight - a.weight || a.order - b.order);
  return causes.length === 0 ? [unknownCause(witnesses)] : causes.map(({ rule, found, weight }) => causeOf(rule, found, weight));
}

function speaksFor({ code, text }: Witness, rule: CauseRule): boolean {
  return code === undefined ? rule.pattern?.test(text) === true : code === rule.code;
}

function causeOf(rule: CauseRule, found: readonly Witness[], weight: number): Cause {
  return {
    code: rule.code,
    title: rule.title(),
    means: rule.means(),
    certainty: weight >= 3 ? 'sure' : weight === 2 ? 'likely' : 'possible',
    evidence: found.slice(0, 4).map(({ source, text }) => ({ source, text: matchingLine(text, rule.pattern) })),
    todo: rule.todo(),
    fixes: rule.fixes,
  };
}

function unknownCause(witnesses: readonly Witness[]): Cause {
  return {
    code: 'unknown',
    title: l10n.t('The cause is not one of the known ones.'),
    means: l10n.t('What was found is shown below in order, as it was found.'),
    certainty: 'possible',
    evidence: witnesses.slice(0, 4).map(({ source, text }) => ({ source, text: lastLine(text) })),
    todo: [l10n.t('Read the log and the events below.')],
    fixes: ['runAgain'],
  };
}

function statusWitnesses(texts: readonly (string | undefined)[]): Witness[] {
  const said = new Set(texts.filter((text) => text !== undefined && text !== '').map((text) => redactText(text ?? '')));
  return [...said].map((text) => ({ source: 'status', text, weight: 3 }));
}

function witnessesOf(evidence: Evidence): Witness[] {
  const { jobs, pods, events, snapshots, claims, endingNamespace } = evidence;
  return [
    ...(endingNamespace === undefined ? [] : [{ source: `namespace ${endingNamespace}`, text: `Namespace ${endingNamespace} is being deleted`, weight: 3 }]),
    ...snapshots.map(({ name, error }) => ({ source: `volume snapshot ${name}`, text: `VolumeSnapshot ${name} fails: ${error}`, weight: 3 })),
    ...claims.flatMap(({ name, reasons }) => reasons.map((text) => ({ source: `volume claim ${name}`, text, weight: 2 }))),
    ...pods.flatMap(({ name, reasons }) => reasonsOfItsOwn(reasons).map((text) => ({ source: `pod ${name}`, text, weight: 3 }))),
    ...distinctLogs(evidence).map(({ pods: of, container, text }) => ({ source: `log ${container} of ${of.join(', ')}`, text, weight: 2 })),
    ...jobs.flatMap(({ name, conditions }) =>
      conditions.filter(({ status }) => status === 'True').map(({ type, reason = '', message = '' }) => ({ source: `job ${name}`, text: `${type} ${reason}: ${message}`, weight: 2 })),
    ),
    ...events.filter((event) => event.warning && !isHealed(event, evidence)).map(({ object, reason, message }) => ({ source: `event ${object}`, text: `${reason}: ${message}`, weight: 1 })),
  ];
}

/** The containers of a pod that is evicted are killed, which says nothing of their memory. */
function reasonsOfItsOwn(reasons: readonly string[]): readonly string[] {
  return reasons.some((reason) => reason.startsWith('Evicted:')) ? reasons.filter((reason) => !reason.includes(': Error (exit 137)')) : reasons;
}

function matchingLine(text: string, pattern: RegExp | undefined): string {
  const line = text.split('\n').find((candidate) => pattern?.test(candidate) === true) ?? text;
  return line.trim().slice(0, 300);
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 300);
}
