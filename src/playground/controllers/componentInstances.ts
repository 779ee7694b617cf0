import { RESOURCES } from '../resources';
import { controllerOf, edit, read, remove } from '../runtime/edits';
import { USED_BYTES_ANNOTATION } from '../workloads/dataSize';
import type { PersistentVolumeClaim, Pod, PodSpec, Volume } from '../workloads/workload';
import { isReady } from '../workloads/workload';
import type { World } from '../world';
import { APPS_LABEL } from './clusterNames';
import { rolesByPriority, selectorLabels, type ComponentParts } from './componentParts';
import type { VolumeClaimTemplate } from './clusterShapes';
import { LABEL } from './names';

/**
 * Keeps one pod and its claims per replica, started one after the other, and labels each ready pod with its role: the
 * first with the role that writes. Plays the InstanceSet controller and the role probe. True when all are ready.
 */
export function ensureInstances(parts: ComponentParts, world: World): boolean {
  const { replicas } = parts.component.spec;
  removeSurplus(parts, replicas, world);
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    for (const template of parts.component.spec.volumeClaimTemplates ?? []) ensureClaim(parts, template, ordinal, world);
    const ref = { namespace: parts.namespace, name: `${parts.fullName}-${ordinal}` };
    const pod = read<Pod>(world, RESOURCES.pod, ref);
    if (pod === undefined) world.store.create(RESOURCES.pod, newPod(parts, ordinal));
    if (pod === undefined || !isReady(pod)) return false;
    probeRole(parts, pod, ordinal, world);
  }
  return true;
}

function removeSurplus(parts: ComponentParts, replicas: number, world: World): void {
  for (let ordinal = replicas; ; ordinal += 1) {
    const ref = { namespace: parts.namespace, name: `${parts.fullName}-${ordinal}` };
    if (world.store.get(RESOURCES.pod, ref) === undefined) return;
    remove(world, RESOURCES.pod, ref);
    for (const { name } of parts.component.spec.volumeClaimTemplates ?? []) {
      remove(world, RESOURCES.persistentVolumeClaim, { namespace: parts.namespace, name: claimName(name, parts, ordinal) });
    }
  }
}

function claimName(template: string, { fullName }: ComponentParts, ordinal: number): string {
  return `${template}-${fullName}-${ordinal}`;
}

/** A claim that a restore has made already is taken over. */
function ensureClaim(parts: ComponentParts, template: VolumeClaimTemplate, ordinal: number, world: World): void {
  const name = claimName(template.name, parts, ordinal);
  const known = read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, { namespace: parts.namespace, name });
  if (known !== undefined) {
    if (known.metadata.ownerReferences === undefined) {
      edit(world, RESOURCES.persistentVolumeClaim, known, { ownerReferences: [controllerOf(parts.component)] });
    }
    return;
  }
  const used = parts.cluster.metadata.annotations?.[USED_BYTES_ANNOTATION];
  const annotations = { ...template.annotations, ...(used !== undefined && { [USED_BYTES_ANNOTATION]: used }) };
  world.store.create(RESOURCES.persistentVolumeClaim, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace: parts.namespace,
      labels: { ...podLabels(parts, ordinal), [APPS_LABEL.claimTemplate]: template.name },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerOf(parts.component)],
    },
    spec: { accessModes: ['ReadWriteOnce'], ...template.spec },
  });
}

function podLabels(parts: ComponentParts, ordinal: number): Readonly<Record<string, string>> {
  const { compDef, serviceVersion } = parts.component.spec;
  return {
    ...selectorLabels(parts),
    [APPS_LABEL.definition]: compDef,
    [APPS_LABEL.podName]: `${parts.fullName}-${ordinal}`,
    ...(serviceVersion !== undefined && { [APPS_LABEL.serviceVersion]: serviceVersion }),
  };
}

function newPod(parts: ComponentParts, ordinal: number) {
  const name = `${parts.fullName}-${ordinal}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: parts.namespace,
      labels: podLabels(parts, ordinal),
      ownerReferences: [controllerOf(parts.component)],
    },
    spec: podSpec(parts, ordinal, name),
  };
}

function podSpec(parts: ComponentParts, ordinal: number, hostname: string): PodSpec {
  const { runtime } = parts.definition.spec;
  const claims = (parts.component.spec.volumeClaimTemplates ?? []).map(({ name }) => ({
    name,
    persistentVolumeClaim: { claimName: claimName(name, parts, ordinal) },
  }));
  const known = new Set([...claims, ...(runtime.volumes ?? [])].map(({ name }) => name));
  return {
    ...runtime,
    restartPolicy: 'Always',
    hostname,
    subdomain: `${parts.fullName}-headless`,
    volumes: [...claims, ...(runtime.volumes ?? []), ...withoutClaim(runtime, known)],
  };
}

/** A volume that the component mounts and the Cluster gives no claim for is an empty folder. */
function withoutClaim(runtime: PodSpec, known: ReadonlySet<string>): readonly Volume[] {
  const mounted = runtime.containers.flatMap(({ volumeMounts }) => (volumeMounts as readonly { name: string }[] | undefined) ?? []);
  const missing = new Set(mounted.map(({ name }) => name).filter((name) => !known.has(name)));
  return [...missing].map((name) => ({ name, emptyDir: {} }));
}

function probeRole(parts: ComponentParts, pod: Pod, ordinal: number, world: World): void {
  const roles = rolesByPriority(parts.definition);
  const role = (ordinal === 0 ? roles[0] : (roles[1] ?? roles[0]))?.name;
  if (role === undefined || pod.metadata.labels?.[LABEL.role] !== undefined) return;
  const output = Buffer.from(role).toString('base64');
  world.event(pod, 'Normal', 'roleProbe', `{"instance":"","probe":"roleProbe","code":0,"output":"${output}"}`, 'kbagent');
  edit(world, RESOURCES.pod, pod, { labels: { [LABEL.role]: role } });
}
