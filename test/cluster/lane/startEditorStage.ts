import { KINDS } from '../../../src/kubeblocks/kinds';
import type { AnyObject, Backup } from '../../../src/kubeblocks/objects';
import { LABELS } from '../../../src/kubeblocks/labels';
import { apiVersionOf } from '../../../src/kubeblocks/resource';
import type { EditorLane } from '../../support/editorTarget';
import { componentOf, laneCluster, type ClusterEngine } from './laneClusters';
import type { ClusterLane } from './clusterLane';
import { startCluster } from './startCluster';
import { untilObject } from './untilObject';
import { untilSome } from './untilSome';

const NAMESPACE = 'playground';
const DATA_PROTECTION = `/apis/${apiVersionOf(KINDS.backup)}/namespaces/${NAMESPACE}`;

/** Each database, named as in the playground, and the backups it has: name by method, in order. */
const DATABASES: readonly { readonly name: string; readonly engine: ClusterEngine; readonly backups: Readonly<Record<string, string>>; readonly log?: string }[] = [
  { name: 'orders', engine: 'postgresql', log: 'archive-wal', backups: { 'orders-full': 'pg-basebackup' } },
  { name: 'cache', engine: 'redis', backups: { 'cache-full': 'datafile' } },
  { name: 'ledger', engine: 'apecloud-mysql', backups: { 'ledger-xtrabackup-1': 'xtrabackup', 'ledger-xtrabackup-inc-1': 'xtrabackup-inc' } },
  { name: 'vectors', engine: 'qdrant', backups: {} },
  { name: 'billing-old', engine: 'redis', backups: { 'billing-old-last': 'datafile' } },
];
const GONE = 'billing-old';

export interface EditorStage {
  readonly kubeconfig: string;
  readonly env: Readonly<Record<string, string>>;
  /** Resolves with what stand-ins and programs should not have met. */
  stop(): Promise<readonly Error[]>;
}

/** A cluster in which the editor's tests find what they find in the playground, as far as they look. */
export async function startEditorStage(say: (line: string) => void): Promise<EditorStage> {
  const lane = await startCluster();
  try {
    await lane.namespace({ name: NAMESPACE, engine: false });
    await Promise.all(DATABASES.map((database) => fill(lane, database)));
    await lane.api.delete(`/apis/apps.kubeblocks.io/v1/namespaces/${NAMESPACE}/clusters/${GONE}`);
    await untilObject(lane.api, `/apis/apps.kubeblocks.io/v1/namespaces/${NAMESPACE}/clusters/${GONE}`, 'gone', (object) => object === undefined);
  } catch (error) {
    await lane.stop();
    throw error;
  }
  say(`A Kubernetes with KubeBlocks and ${DATABASES.length - 1} databases is ready for the editor.`);
  const target: EditorLane = { port: Number(new URL(lane.server).port), authority: lane.authority, token: lane.tokens.administrator, namespace: NAMESPACE };
  return {
    kubeconfig: lane.kubeconfig,
    env: { KUBEBLOCKS_CLUSTER_LANE: JSON.stringify(target) },
    stop: async () => {
      await lane.stop();
      return lane.problems;
    },
  };
}

async function fill(lane: ClusterLane, { name, engine, backups, log }: (typeof DATABASES)[number]): Promise<void> {
  await lane.create(laneCluster(engine, NAMESPACE, name));
  await untilPhase(lane, `/apis/apps.kubeblocks.io/v1/namespaces/${NAMESPACE}/clusters/${name}`, 'Running');
  const policy = `${name}-${componentOf(engine)}-backup-policy`;
  await untilPhase(lane, `${DATA_PROTECTION}/backuppolicies/${policy}`, 'Available');
  if (log !== undefined) {
    await startLog(lane, `${DATA_PROTECTION}/backupschedules/${name}-${componentOf(engine)}-backup-schedule`, log);
    await untilLog(lane, name, 'it has begun', (end) => !Number.isNaN(end));
  }
  for (const [backup, backupMethod] of Object.entries(backups)) {
    await lane.create({ apiVersion: apiVersionOf(KINDS.backup), kind: 'Backup', metadata: { name: backup, namespace: NAMESPACE }, spec: { backupPolicyName: policy, backupMethod } });
    const completed = await untilPhase(lane, `${DATA_PROTECTION}/backups/${backup}`, 'Completed');
    // Only now there is a time that can be restored.
    if (log !== undefined) await untilLog(lane, name, `it goes on after ${backup}`, (end) => end > endOf(completed));
  }
}

/** Waits until the range of a database's log has an end, in ms, that is as wanted. */
async function untilLog(lane: ClusterLane, database: string, what: string, wanted: (end: number) => boolean): Promise<void> {
  const selector = encodeURIComponent(`${LABELS.instance}=${database},${LABELS.backupType}=Continuous`);
  await untilSome(lane.api, `${DATA_PROTECTION}/backups?labelSelector=${selector}`, what, (backup) => wanted(endOf(backup)));
}

/** In ms; NaN where it has no range yet. */
function endOf(backup: AnyObject | undefined): number {
  return Date.parse((backup as Backup | undefined)?.status?.timeRange?.end ?? '');
}

async function startLog(lane: ClusterLane, schedule: string, method: string): Promise<void> {
  await untilPhase(lane, schedule, 'Available');
  const { spec } = await lane.api.get<{ spec: { schedules: readonly { backupMethod: string }[] } }>(schedule);
  const schedules = spec.schedules.map((each) => (each.backupMethod === method ? { ...each, enabled: true } : each));
  await lane.api.patch(schedule, { spec: { schedules } });
}

function untilPhase(lane: ClusterLane, path: string, phase: string): Promise<AnyObject | undefined> {
  return untilObject(lane.api, path, phase, (object) => (object as (AnyObject & { status?: { phase?: string } }) | undefined)?.status?.phase === phase);
}
