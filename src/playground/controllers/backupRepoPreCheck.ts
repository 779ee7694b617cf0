import type { AnyObject, KubeObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, read, readAll, remove } from '../runtime/edits';
import type { ObjectRef, World } from '../world';
import type { LogSource } from '../workloads/podLogs';
import { jobEnd, type Job, type Pod } from '../workloads/workload';
import { setCondition } from './backupRepoConditions';
import { repoClaim, toolConfigSecret } from './backupRepoDerived';
import { ANNOTATION, cutName, LABEL, OPERATOR_NAMESPACE, shortUid, TOOLS_IMAGE } from './names';
import type { RepoParameters } from './repoParameters';
import type { Provider, Repo } from './shapes';
import { workerJob } from './workerJob';

export interface PreCheckContext {
  readonly provider: Provider;
  readonly parameters: RepoParameters;
  readonly logs: LogSource;
}

/** Runs the pre-check of a repository whose digest has changed, and reads its end. */
export function preCheck(repo: Repo, context: PreCheckContext, world: World): void {
  const condition = repo.status?.conditions?.find(({ type }) => type === 'PreCheckPassed');
  if (condition?.status !== 'Unknown') return;
  const ref = { namespace: OPERATOR_NAMESPACE, name: cutName(`pre-check-${shortUid(repo)}-${repo.metadata.name}`) };
  const job = read<Job>(world, RESOURCES.job, ref);
  const digest = repo.metadata.annotations?.[ANNOTATION.repoDigest];
  if (job !== undefined && job.metadata.annotations?.[ANNOTATION.repoDigest] !== digest) cleanUp(ref, world);
  const end = job === undefined ? undefined : jobEnd(job);
  if (job === undefined || end === undefined) {
    if (world.store.get(RESOURCES.job, ref) === undefined) startJob(repo, ref, context, world);
    const message = 'requeue after: 1m0s as: wait job to finish';
    setCondition(repo, 'PreCheckPassed', { status: 'Unknown', reason: 'UnknownError', message }, world);
    return;
  }
  const result = end.ok
    ? { status: 'True', reason: 'PreCheckPassed' }
    : { status: 'False', reason: 'PreCheckFailed', message: diagnosis(job, end.message, context.logs, world) };
  setCondition(repo, 'PreCheckPassed', result, world);
  cleanUp(ref, world);
  if (end.ok && repo.spec?.accessMethod === 'Tool') edit(world, RESOURCES.backupRepo, repo, { annotations: { [ANNOTATION.needUpdateToolConfig]: 'false' } });
}

function startJob(repo: Repo, ref: Required<ObjectRef>, { provider, parameters }: PreCheckContext, world: World): void {
  const isTool = repo.spec?.accessMethod === 'Tool';
  if (isTool) createOnce(world, 'secret', toolConfigSecret(repo, provider, parameters, ref));
  else createOnce(world, 'persistentVolumeClaim', repoClaim(repo, provider, parameters, ref));
  const script = isTool
    ? 'echo "pre-check" | datasafed push - /precheck.txt\ndatasafed pull /precheck.txt -\ndatasafed rm /precheck.txt'
    : 'echo "pre-check" > /backup/precheck.txt\nsync\nrm /backup/precheck.txt';
  const job = workerJob({
    ...ref,
    owner: repo,
    labels: { [LABEL.repoName]: repo.metadata.name },
    annotations: { [ANNOTATION.repoDigest]: repo.metadata.annotations?.[ANNOTATION.repoDigest] ?? '' },
    backoffLimit: 2,
    containers: [{ name: 'pre-check', image: TOOLS_IMAGE, command: ['sh', '-c', `set -ex\n${script}`], ...(!isTool && { volumeMounts: [{ name: 'backup-pvc', mountPath: '/backup' }] }) }],
    security: { allowPrivilegeEscalation: false },
    podSecurity: { fsGroup: 65532 },
    keepsLabels: true,
    ...(isTool ? { toolConfigSecret: ref.name } : { volumes: [{ name: 'backup-pvc', persistentVolumeClaim: { claimName: ref.name } }] }),
  });
  world.store.create(RESOURCES.job, job);
}

function createOnce(world: World, kind: 'secret' | 'persistentVolumeClaim', object: AnyObject): void {
  const resource = RESOURCES[kind];
  const ref = { namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  if (world.store.get(resource, ref) === undefined) world.store.create(resource, object);
}

function cleanUp(ref: Required<ObjectRef>, world: World): void {
  remove(world, RESOURCES.job, ref);
  remove(world, RESOURCES.secret, ref);
  remove(world, RESOURCES.persistentVolumeClaim, ref);
}

/** The text a person finds in the condition: failure, log and events (`collectPreCheckFailureMessage`). */
function diagnosis(job: Job, failure: string, logs: LogSource, world: World): string {
  const { name } = job.metadata;
  const pods = readAll<Pod>(world, RESOURCES.pod, { namespace: OPERATOR_NAMESPACE, labels: { 'job-name': name } });
  const pod = pods.at(-1);
  const log = pod === undefined ? undefined : logs.podLog(OPERATOR_NAMESPACE, pod.metadata.name);
  return [
    'Pre-check job failed, information collected for diagnosis.\n\n',
    `Job failure message: ${failure}\n\n`,
    log === undefined ? '' : `Logs from the pre-check job:\n${indent(log)}\n`,
    pod === undefined ? '' : eventsText(pod, 'Pod', world),
    eventsText(job, 'Job', world),
  ].join('');
}

function eventsText(object: KubeObject, kind: string, world: World): string {
  const title = `${kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
  const events = readAll<KubeEvent>(world, RESOURCES.event, { namespace: OPERATOR_NAMESPACE }).filter(
    ({ involvedObject }) => involvedObject?.kind === kind && involvedObject.name === object.metadata.name,
  );
  if (events.length === 0) return `No events are available for ${title}.\n\n`;
  const rows = events.map((event) => [event.type, event.reason, ageOf(event, world), event.source?.component, event.message].join('\t'));
  const table = ['Type\tReason\tAge\tFrom\tMessage', '----\t------\t----\t----\t-------', ...rows, ''].join('\n');
  return `Events from ${title}:\n${indent(table)}\n`;
}

interface KubeEvent extends KubeObject {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string;
  readonly source?: { readonly component?: string };
}

function ageOf({ lastTimestamp }: KubeEvent, world: World): string {
  return `${Math.max(0, Math.round((world.clock.now() - Date.parse(lastTimestamp ?? '')) / 1000))}s`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
