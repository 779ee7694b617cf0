import type { ClaimEvidence, Evidence, JobEvidence, PodEvidence, SnapshotEvidence } from '../kubeblocks/evidence';
import type { Backup, Condition, KubeObject } from '../kubeblocks/objects';
import { KINDS } from '../kubeblocks/kinds';
import { LABELS } from '../kubeblocks/labels';
import { redactText } from '../kubeblocks/redact';
import { explainApiError } from './explainApiError';
import { eventsOf } from './objectEvents';
import type { OperationDeps } from './ports';
import { snapshotErrors } from './snapshotErrors';
import { WORKLOADS } from './workloadKinds';

interface Job extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[]; readonly failed?: number };
}

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly message?: string };
}

interface Pod extends KubeObject {
  readonly spec?: { readonly containers?: readonly { readonly name: string }[]; readonly initContainers?: readonly { readonly name: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly { readonly name: string; readonly state?: ContainerState }[];
    readonly initContainerStatuses?: readonly { readonly name: string; readonly state?: ContainerState }[];
  };
}

const MAX_PODS = 3;
const LOG_LINES = 40;

/** Kubernetes' own, on the pods of a job. */
const JOB_LABEL = 'job-name';
const MAX_CLAIMS = 12;

interface Claim extends KubeObject {
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

interface Selecting {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** A backup policy, as far as it selects pods. */
interface SelectingPolicy extends KubeObject {
  readonly spec?: { readonly target?: Selecting; readonly targets?: readonly Selecting[] };
}

interface CronJob extends KubeObject {
  readonly spec?: { readonly suspend?: boolean };
}

/** Gathers evidence piece by piece. What cannot be read is kept as missing, never thrown; credentials are struck out. */
export class EvidenceCollector {
  private readonly jobs: JobEvidence[] = [];
  private readonly pods: PodEvidence[] = [];
  private readonly failingSnapshots: SnapshotEvidence[] = [];
  private readonly badClaims: ClaimEvidence[] = [];
  private readonly events: Evidence['events'][number][] = [];
  private endingNamespace: string | undefined;
  private readonly missing: { what: string; why: string }[] = [];

  constructor(
    private readonly deps: OperationDeps,
    private readonly signal: AbortSignal | undefined,
  ) {}

  evidence(): Evidence {
    const events = this.events.toSorted((a, b) => a.at - b.at);
    const ending = this.endingNamespace === undefined ? {} : { endingNamespace: this.endingNamespace };
    return { jobs: this.jobs, pods: this.pods, snapshots: this.failingSnapshots, claims: this.badClaims, ...ending, events, missing: this.missing };
  }

  async objectEvents(kind: string, name: string, namespace: string | undefined): Promise<void> {
    await this.attempt(`events of ${kind} ${name}`, async () => {
      const found = await eventsOf(this.deps.api, { kind, name, namespace }, this.options());
      this.events.push(...found.map((event) => ({ ...event, message: redactText(event.message) })));
    });
  }

  /** Nothing new can be made in a namespace that is being deleted, a job that removes files neither. */
  async namespaceOfDeleted(name: string): Promise<void> {
    await this.attempt(`namespace ${name}`, async () => {
      const { metadata } = await this.deps.api.get(WORKLOADS.namespace, name, undefined, this.options());
      this.endingNamespace = metadata.deletionTimestamp === undefined ? undefined : name;
    });
  }

  async workloads(labelSelector: string, namespace: string): Promise<void> {
    await this.jobsOf(labelSelector, namespace);
    await this.podsOf(labelSelector, namespace);
  }

  /** The pods of a pre-check bear no label but their job's. */
  async jobsEverywhere(labelSelector: string, named: RegExp): Promise<void> {
    for (const { name, namespace = '' } of await this.jobsOf(labelSelector, undefined, named)) {
      await this.podsOf(`${JOB_LABEL}=${name}`, namespace);
    }
  }

  /** @param namespace undefined looks everywhere. */
  private async jobsOf(labelSelector: string, namespace: string | undefined, named = /^/): Promise<readonly KubeObject['metadata'][]> {
    const found: KubeObject['metadata'][] = [];
    await this.attempt('jobs', async () => {
      const jobs = await this.list<Job>(WORKLOADS.job, namespace, labelSelector);
      for (const { metadata, status } of jobs.filter((job) => named.test(job.metadata.name))) {
        found.push(metadata);
        this.jobs.push({ name: metadata.name, conditions: status?.conditions ?? [] });
        await this.objectEvents('Job', metadata.name, metadata.namespace ?? namespace);
      }
    });
    return found;
  }

  private async podsOf(labelSelector: string, namespace: string): Promise<void> {
    await this.attempt('pods', async () => {
      const pods = await this.list<Pod>(WORKLOADS.pod, namespace, labelSelector);
      const worstFirst = pods.sort((a, b) => rank(a) - rank(b));
      for (const pod of worstFirst.slice(0, MAX_PODS)) {
        await this.pod(pod, namespace);
      }
    });
  }

  /** The database's pods that a backup's policy selects, of whatever role, with their events. Their logs are the database's own. */
  async targetPods({ metadata: { namespace = '' }, spec }: Backup): Promise<void> {
    await this.attempt('pods of the database', async () => {
      const policy = await this.deps.api.get<SelectingPolicy>(KINDS.backupPolicy, spec?.backupPolicyName ?? '', namespace, this.options());
      const { target, targets = [] } = policy.spec ?? {};
      for (const { podSelector } of target === undefined ? targets : [target]) {
        const labels = Object.entries(podSelector?.matchLabels ?? {}).filter(([key]) => key !== LABELS.role);
        if (labels.length === 0) continue;
        for (const pod of (await this.list<Pod>(WORKLOADS.pod, namespace, labels.map((label) => label.join('=')).join(','))).slice(0, MAX_PODS)) {
          this.pods.push({ name: pod.metadata.name, phase: pod.status?.phase ?? '', reasons: podReasons(pod), logs: [] });
          await this.objectEvents('Pod', pod.metadata.name, namespace);
        }
      }
    });
  }

  async snapshots(backup: Backup): Promise<void> {
    await this.attempt('volume snapshots', async () => {
      for (const snapshot of await snapshotErrors(this.deps.api, backup, this.signal)) {
        this.failingSnapshots.push(snapshot);
        await this.objectEvents('VolumeSnapshot', snapshot.name, backup.metadata.namespace);
      }
    });
  }

  /** Claims that are not bound, or say that something is wrong with them. */
  async claims(labelSelector: string, namespace: string): Promise<void> {
    await this.attempt('volume claims', async () => {
      for (const { metadata: { name }, status } of (await this.list<Claim>(WORKLOADS.claim, namespace, labelSelector)).slice(0, MAX_CLAIMS)) {
        const reasons = (status?.conditions ?? []).map(({ type, status: value, reason = '', message = '' }) => redactText(`${type} ${value} ${reason}: ${message}`));
        this.badClaims.push({ name, phase: status?.phase ?? '', reasons });
        await this.objectEvents('PersistentVolumeClaim', name, namespace);
      }
    });
  }

  /** CronJobs with their events; one that is suspended says so as a condition would. */
  async cronJobs(labelSelector: string, namespace: string): Promise<void> {
    await this.attempt('cron jobs', async () => {
      for (const { metadata: { name }, spec } of await this.list<CronJob>(WORKLOADS.cronJob, namespace, labelSelector)) {
        this.jobs.push({ name, conditions: spec?.suspend === true ? [{ type: 'Suspended', status: 'True', message: 'spec.suspend is true' }] : [] });
        await this.objectEvents('CronJob', name, namespace);
      }
    });
  }

  private async pod(pod: Pod, namespace: string): Promise<void> {
    const logs: { container: string; text: string }[] = [];
    for (const container of failedContainers(pod)) {
      await this.attempt(`log of ${pod.metadata.name}/${container}`, async () => {
        const text = await this.deps.api.podLog(pod.metadata.name, namespace, { ...this.options(), container, tailLines: LOG_LINES });
        logs.push({ container, text: redactText(text) });
      });
    }
    this.pods.push({ name: pod.metadata.name, phase: pod.status?.phase ?? '', reasons: podReasons(pod), logs });
    await this.objectEvents('Pod', pod.metadata.name, namespace);
  }

  private async list<T extends KubeObject>(resource: (typeof WORKLOADS)[keyof typeof WORKLOADS], namespace: string | undefined, labelSelector: string): Promise<T[]> {
    const found: T[] = [];
    for await (const { items } of this.deps.api.listPages<T>(resource, namespace, { ...this.options(), labelSelector })) {
      found.push(...items);
    }
    return found;
  }

  private async attempt(what: string, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.signal?.throwIfAborted();
      this.missing.push({ what, why: explainApiError(error, what).message });
      this.deps.logger.debug(`evidence: ${what} could not be read`);
    }
  }

  private options(): { signal?: AbortSignal } {
    return this.signal === undefined ? {} : { signal: this.signal };
  }
}

/** Failed pods first, then those that do not get going. */
function rank({ status }: Pod): number {
  const order = ['Failed', 'Pending', 'Unknown', 'Running', 'Succeeded'].indexOf(status?.phase ?? '');
  return order < 0 ? 2 : order;
}

/** Containers that ended badly; all of them when none did. */
function failedContainers(pod: Pod): string[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const failed = statuses.filter(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0).map(({ name }) => name);
  return failed.length > 0 ? failed : (pod.spec?.containers ?? []).map(({ name }) => name);
}

/** `Evicted: The node was low on resource…`, `backupdata: OOMKilled (exit 137)`, `Unschedulable: …`. */
function podReasons({ status }: Pod): string[] {
  const reasons = status?.reason === undefined ? [] : [`${status.reason}: ${status.message ?? ''}`];
  for (const { name, state } of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    if (state?.waiting?.reason !== undefined) {
      reasons.push(`${name}: ${state.waiting.reason} ${state.waiting.message ?? ''}`.trim());
    }
    const ended = state?.terminated;
    if (ended !== undefined && (ended.exitCode ?? 0) !== 0) {
      reasons.push(`${name}: ${ended.reason ?? 'Error'} (exit ${ended.exitCode ?? 0}) ${ended.message ?? ''}`.trim());
    }
  }
  const unscheduled = status?.conditions?.find(({ type, status: value }) => type === 'PodScheduled' && value === 'False');
  return unscheduled === undefined ? reasons : [...reasons, `${unscheduled.reason ?? ''}: ${unscheduled.message ?? ''}`];
}
