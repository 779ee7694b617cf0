import * as l10n from '@vscode/l10n';
import { backupFailure } from './backupSteps';
import { distinctLogs, type Evidence } from './evidence';
import { isHealed } from './healedEvents';
import type { Backup, BackupRepo, Restore } from './objects';
import { redactText } from './redact';
import { repositoryProblem } from './repositoryState';
import { restoreFailure } from './restoreState';

/** A cause, with what speaks for it and what to do. */
export interface Cause {
  readonly code: string;
  /** A short sentence. */
  readonly title: string;
  readonly certainty: 'sure' | 'likely' | 'possible';
  readonly evidence: readonly EvidenceLine[];
  /** Things to do, best first; whole sentences. */
  readonly todo: readonly string[];
}

export interface EvidenceLine {
  /** `status`, `pod dp-backup-0-…`, `log backupdata`, `event Job …`. */
  readonly source: string;
  readonly text: string;
}

interface Rule {
  readonly code: string;
  readonly pattern: RegExp;
  readonly title: () => string;
  readonly todo: () => readonly string[];
}

/** The frequent causes. Where several match, the one with the stronger witness comes first, then the order here. */
const RULES: readonly Rule[] = [
  {
    code: 'noSpace',
    pattern: /no space left on device|ENOSPC|disk quota exceeded|XMinioStorageFull|QuotaExceeded|insufficient storage/i,
    title: () => l10n.t('The disk that the backup is written to, or read from, is full.'),
    todo: () => [l10n.t('Delete backups that are not needed, or enlarge the repository or the volume.'), l10n.t('Then run it again.')],
  },
  {
    code: 'bucketMissing',
    pattern: /NoSuchBucket|bucket does not exist|The specified bucket (is not valid|does not exist)|NoSuchContainer|container .* not found in account/i,
    title: () => l10n.t('The bucket of the repository does not exist.'),
    todo: () => [l10n.t('Create the bucket, or correct the name in the repository.')],
  },
  {
    code: 'bucketCheck',
    pattern: /BucketAlreadyExists|BucketAlreadyOwnedByYou|AccessDenied: not entitled/,
    title: () => l10n.t('The storage does not let these credentials look for the bucket, or make it.'),
    todo: () => [l10n.t('Set noCheckBucket to true in the repository: the bucket is then used without asking.'), l10n.t('Or let the key list the bucket.')],
  },
  {
    code: 'region',
    pattern: /AuthorizationHeaderMalformed|the region '[^']*' is wrong|unexpected scope|PermanentRedirect|IllegalLocationConstraint/i,
    title: () => l10n.t('The bucket lies in another region than the repository says.'),
    todo: () => [l10n.t('Correct the region in the repository; some servers of their own want us-east-1.')],
  },
  {
    code: 'storageDriver',
    pattern: /CSI driver is not installed|StorageProviderNotReady/,
    title: () => l10n.t('The CSI driver of the storage provider is not installed.'),
    todo: () => [l10n.t('Install the driver, or make a repository with access method Tool, which needs none.')],
  },
  {
    code: 'storageProvider',
    pattern: /StorageProviderNotFound|InvalidStorageProvider|storageproviders\S* "[^"]+" not found/i,
    title: () => l10n.t('The storage provider does not exist, or does not know this access method.'),
    todo: () => [l10n.t('Make a repository with another provider or access method; these two cannot be changed later.')],
  },
  {
    code: 'credentialSecret',
    pattern: /CredentialSecretNotFound|failed to get secret/i,
    title: () => l10n.t('The Secret with the repository\'s credentials does not exist.'),
    todo: () => [l10n.t('Create the Secret that the repository names; it is then checked again by itself.')],
  },
  {
    code: 'writeRefused',
    pattern: /can't create \S*precheck\.txt|\/backup\/\S*: Permission denied/,
    title: () => l10n.t('The pre-check may not write to the mounted volume.'),
    todo: () => [l10n.t('Let the volume be written by group 65532 (fsGroup), or use KubeBlocks 1.0.1 or newer, which asks for that.')],
  },
  {
    code: 'credentials',
    pattern: /AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|invalid access key|ExpiredToken|403 Forbidden|status code: 403|AuthorizationFailure|AuthenticationFailed/i,
    title: () => l10n.t('The storage refuses the repository\'s credentials.'),
    todo: () => [l10n.t('Correct the credentials in the repository\'s Secret; the repository is then checked again by itself.')],
  },
  {
    code: 'databaseAccess',
    pattern: /password authentication failed|Access denied for user|WRONGPASS|NOAUTH|Authentication failed\.?$|Unauthorized: (?:invalid|wrong)/im,
    title: () => l10n.t('The database refuses the account that the backup uses.'),
    todo: () => [l10n.t('Check that the account Secret named in the backup policy holds the password the database has.')],
  },
  {
    code: 'storageUnreachable',
    pattern: /no such host|connection refused|i\/o timeout|connection reset by peer|network is unreachable|TLS handshake timeout|x509:|dial tcp/i,
    title: () => l10n.t('The storage or the database could not be reached.'),
    todo: () => [l10n.t('Check the endpoint in the repository and that pods may reach it.')],
  },
  {
    code: 'outOfMemory',
    pattern: /OOMKilled|exit 137|Out of memory: Kill|cannot allocate memory/i,
    title: () => l10n.t('A pod ran out of memory.'),
    todo: () => [l10n.t('Give the backup method more memory (runtimeSettings.resources in the backup policy).')],
  },
  {
    code: 'evicted',
    pattern: /\bEvicted\b|The node was low on resource|Preempt(ed|ing)|DisruptionTarget|DeadlineExceeded/,
    title: () => l10n.t('A pod was evicted or ran too long.'),
    todo: () => [l10n.t('Look at the node\'s free disk and memory, then run it again.')],
  },
  {
    code: 'imagePull',
    pattern: /ErrImagePull|ImagePullBackOff|InvalidImageName|failed to pull (and unpack )?image|manifest unknown/i,
    title: () => l10n.t('An image could not be pulled.'),
    todo: () => [l10n.t('Check the registry, the image name in the action set and the pull secrets.')],
  },
  {
    code: 'unschedulable',
    pattern: /Unschedulable|FailedScheduling|\d+\/\d+ nodes are available|exceeded quota/,
    title: () => l10n.t('A pod found no node, or a quota is used up.'),
    todo: () => [l10n.t('Free resources or raise the quota, then run it again.')],
  },
  {
    code: 'noTargetPod',
    pattern: /failed to get target pods|can ?not find(?: any)?(?: running)? (?:target )?pods?|no (?:available|ready|running) (?:target )?pod|can not found any (?:\(running\) )?pod|target(?:\/targets)? can ?not be empty/i,
    title: () => l10n.t('No running pod of the database was found to work on.'),
    todo: () => [l10n.t('Check that the cluster is running and that the policy\'s selector (role) matches one of its pods.')],
  },
  {
    code: 'snapshotClass',
    pattern: /VolumeSnapshotClass|volume snapshot is not enabled|snapshot controller failed|the CSI driver .* does not support snapshot/i,
    title: () => l10n.t('No volume snapshot can be taken of this storage.'),
    todo: () => [l10n.t('Create a VolumeSnapshotClass for the storage\'s CSI driver, or use another method.')],
  },
  {
    code: 'snapshotFailed',
    pattern: /^VolumeSnapshot \S+ fails: /,
    title: () => l10n.t('The volume snapshot fails, and KubeBlocks goes on waiting for it.'),
    todo: () => [
      l10n.t('Mend what the storage driver complains of; the snapshot is then tried again by itself.'),
      l10n.t('Where it cannot be mended, delete the backup set: it does not end by itself.'),
    ],
  },
  {
    code: 'policyMissing',
    pattern: /BackupPolicy\S* "[^"]+" not found|backup ?policy "?[^"]*"? (?:not found|is unavailable)/i,
    title: () => l10n.t('The backup policy does not exist or is unavailable.'),
    todo: () => [l10n.t('Create the backup again with a policy that exists; this one will not be tried again.')],
  },
  {
    code: 'methodMissing',
    pattern: /backupMethod: \S+ not found|backup method \S+ is not supported/i,
    title: () => l10n.t('The backup policy does not have this method.'),
    todo: () => [l10n.t('Create the backup again with one of the policy\'s methods.')],
  },
  {
    code: 'repositoryMissing',
    pattern: /backup ?repo(?:sitory)? \S+ (?:not found|is not ready)|backup repo not ready|no default BackupRepo|multiple default BackupRepo/i,
    title: () => l10n.t('No single repository was ready to write to.'),
    todo: () => [l10n.t('Make one repository ready and the default, or name one in the policy; then run it again.')],
  },
  {
    code: 'parentMissing',
    pattern: /valid parent backup|validate parent backup|fails to get parent|parent backup \S+ (?:is|method|policy|repo|end time)/i,
    title: () => l10n.t('The incremental backup has no parent to build on.'),
    todo: () => [l10n.t('Take a full backup first, then the incremental one.')],
  },
  {
    code: 'parameters',
    pattern: /fails to validate parameters|undeclared in withParameters|parametersSchema is invalid|covert "[^"]*" failed/i,
    title: () => l10n.t('The action set does not take these parameters.'),
    todo: () => [l10n.t('Create it again with parameters that the action set declares.')],
  },
  {
    code: 'retention',
    pattern: /failed to parse retention period/i,
    title: () => l10n.t('The retention period cannot be read.'),
    todo: () => [l10n.t('Write it with y, mo, w, d, h or m, such as 7d; the same holds for the schedule that made the backup.')],
  },
  {
    code: 'continuousByHand',
    pattern: /continuous backup is only allowed to be created by backupSchedule/i,
    title: () => l10n.t('A log backup cannot be made by hand.'),
    todo: () => [l10n.t('Turn on its line in the backup schedule.')],
  },
  {
    code: 'restoreTime',
    pattern: /out of (?:the |time )?range|can not found latest full or incremental backup|parsing time "/i,
    title: () => l10n.t('The time to restore to cannot be reached.'),
    todo: () => [l10n.t('Choose a time within the recovery window.')],
  },
  {
    code: 'nameTaken',
    pattern: /already exists/i,
    title: () => l10n.t('Something of this name exists already.'),
    todo: () => [l10n.t('Choose another name.')],
  },
  {
    code: 'encryption',
    pattern: /encryption ?config|passPhraseSecretKeyRef|cipher: message authentication failed/i,
    title: () => l10n.t('The encryption key is missing or is another one.'),
    todo: () => [l10n.t('Check the Secret that the policy\'s encryption names.')],
  },
];

/** Statements by how near they are to the fault; a nearer witness makes a cause surer. */
interface Witness extends EvidenceLine {
  readonly weight: number;
}

/** Why a backup failed, likeliest first; never empty. */
export function diagnoseBackup(backup: Backup, evidence: Evidence): Cause[] {
  const reasons = [backupFailure(backup), backup.status?.failureReason, backup.status?.deletionFailureReason];
  return diagnose(statusWitnesses(reasons), evidence);
}

export function diagnoseRestore(restore: Restore, evidence: Evidence): Cause[] {
  return diagnose(statusWitnesses([restoreFailure(restore)]), evidence);
}

/** The pre-check copies its job's log and events into the condition. */
export function diagnoseRepository(repo: BackupRepo, evidence: Evidence): Cause[] {
  const problem = repositoryProblem(repo);
  return diagnose(statusWitnesses([problem?.message, problem?.reason]), evidence);
}

function diagnose(status: readonly Witness[], evidence: Evidence): Cause[] {
  const witnesses = [...status, ...witnessesOf(evidence)];
  const causes = RULES.flatMap((rule, order) => {
    const found = witnesses.filter(({ text }) => rule.pattern.test(text));
    const weight = Math.max(0, ...found.map((witness) => witness.weight));
    return weight === 0 ? [] : [{ rule, found, weight, order }];
  });
  causes.sort((a, b) => b.weight - a.weight || a.order - b.order);
  return causes.length === 0 ? [unknownCause(witnesses)] : causes.map(({ rule, found, weight }) => causeOf(rule, found, weight));
}

function causeOf(rule: Rule, found: readonly Witness[], weight: number): Cause {
  return {
    code: rule.code,
    title: rule.title(),
    certainty: weight >= 3 ? 'sure' : weight === 2 ? 'likely' : 'possible',
    evidence: found.slice(0, 4).map(({ source, text }) => ({ source, text: matchingLine(text, rule.pattern) })),
    todo: rule.todo(),
  };
}

function unknownCause(witnesses: readonly Witness[]): Cause {
  return {
    code: 'unknown',
    title: l10n.t('The cause is not one of the known ones.'),
    certainty: 'possible',
    evidence: witnesses.slice(0, 4).map(({ source, text }) => ({ source, text: lastLine(text) })),
    todo: [l10n.t('Read the log and the events below.')],
  };
}

function statusWitnesses(texts: readonly (string | undefined)[]): Witness[] {
  const said = new Set(texts.filter((text) => text !== undefined && text !== '').map((text) => redactText(text ?? '')));
  return [...said].map((text) => ({ source: 'status', text, weight: 3 }));
}

function witnessesOf(evidence: Evidence): Witness[] {
  const { jobs, pods, events, snapshots } = evidence;
  return [
    ...snapshots.map(({ name, error }) => ({ source: `volume snapshot ${name}`, text: `VolumeSnapshot ${name} fails: ${error}`, weight: 3 })),
    ...pods.flatMap(({ name, reasons }) => reasons.map((text) => ({ source: `pod ${name}`, text, weight: 3 }))),
    ...distinctLogs(evidence).map(({ pods: of, container, text }) => ({ source: `log ${container} of ${of.join(', ')}`, text, weight: 2 })),
    ...jobs.flatMap(({ name, conditions }) =>
      conditions.filter(({ status }) => status === 'True').map(({ type, reason = '', message = '' }) => ({ source: `job ${name}`, text: `${type} ${reason}: ${message}`, weight: 2 })),
    ),
    ...events.filter((event) => event.warning && !isHealed(event, evidence)).map(({ object, reason, message }) => ({ source: `event ${object}`, text: `${reason}: ${message}`, weight: 1 })),
  ];
}

function matchingLine(text: string, pattern: RegExp): string {
  const line = text.split('\n').find((candidate) => pattern.test(candidate)) ?? text;
  return line.trim().slice(0, 300);
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 300);
}
