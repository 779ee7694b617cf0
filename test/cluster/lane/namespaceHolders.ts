import type { AnyObject, Condition } from '../../../src/kubeblocks/objects';
import type { LaneApi } from './laneApi';
import { namespaceState } from './namespaceState';

/** What Kubernetes counts in the condition NamespaceContentRemaining: `backups.dataprotection.kubeblocks.io has 4 …`. */
const REMAINING = /([a-z]+)\.([a-z0-9.]*) has \d+/g;

/** Why a namespace does not go, for a failure: what it says itself, what is left in it with its finalizers, its events. */
export async function namespaceHolders(api: LaneApi, name: string): Promise<string> {
  try {
    const namespace = await api.get(`/api/v1/namespaces/${name}`);
    const said = conditionsOf(namespace).filter(({ status }) => status === 'True').map(({ message = '' }) => message);
    const left = await Promise.all([...said.join().matchAll(REMAINING)].map(([, plural = '', group = '']) => leftOf(api, name, plural, group)));
    return [`In ${name}:`, ...said, ...left.flat(), await namespaceState(api, name)].join('\n');
  } catch (error) {
    return `In ${name}: ${String(error)}`;
  }
}

async function leftOf(api: LaneApi, namespace: string, plural: string, group: string): Promise<readonly string[]> {
  const root = group === '' ? '/api/v1' : `/apis/${await versionOf(api, group)}`;
  const objects = await api.list(`${root}/namespaces/${namespace}/${plural}`);
  return objects.map(({ metadata: { name, deletionTimestamp, finalizers = [] } }) => `${plural} ${name}: deleted ${deletionTimestamp ?? 'not'}, finalizers ${finalizers.join(' ')}`);
}

async function versionOf(api: LaneApi, group: string): Promise<string> {
  const { preferredVersion } = await api.get<{ preferredVersion: { groupVersion: string } }>(`/apis/${group}`);
  return preferredVersion.groupVersion;
}

function conditionsOf(namespace: AnyObject): readonly Condition[] {
  return (namespace['status'] as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
}
