import type { ActionSet, AnyObject, BackupPolicy, BackupSchedule } from '../../kubeblocks/objects';
import { apiVersionOf } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import { edit, isDeleting, read, readAll, refOf } from '../runtime/edits';
import type { Controller, ObjectRef, World } from '../world';
import { matchesDefinition } from './clusterDefinitions';
import { componentsOf } from './clusterComponents';
import { APPS_ANNOTATION } from './clusterNames';
import type { PlaygroundCluster } from './clusterShapes';
import { LABEL } from './names';
import { generatedMetadata, looseSpec, policyName, policySpec, syncedSpec, type Protected } from './policyDriverPolicy';
import { mergeClusterBackup, withTemplateSchedules } from './policyDriverSchedule';
import type { MethodTemplate, PolicyTemplate } from './policyDriverShapes';

/** Gives each component that a template covers its policy and its schedule (`backuppolicydriver_controller.go`). */
export const policyDriverController: Controller = {
  name: 'policyDriver',
  watches: [
    { resource: RESOURCES.cluster },
    { resource: RESOURCES.component, keys: clusterOfShard },
    { resource: RESOURCES.backupPolicyTemplate, keys: everyCluster },
    { resource: RESOURCES.backupPolicy, keys: clusterOfOwned },
    { resource: RESOURCES.backupSchedule, keys: clusterOfOwned },
  ],
  reconcile(ref, world) {
    const cluster = read<PlaygroundCluster>(world, RESOURCES.cluster, ref);
    if (cluster === undefined || isDeleting(cluster) || cluster.status === undefined) return undefined;
    const covered = protectedParts(cluster, world).filter((part) => sync(part, world));
    tellOfUnknownMethod(cluster, covered, world);
    return undefined;
  },
};

/** Policies of shardings name the shards, which come one by one. */
function clusterOfShard({ metadata }: AnyObject): readonly ObjectRef[] {
  const { [LABEL.instance]: name, [LABEL.sharding]: sharding } = metadata.labels ?? {};
  return name === undefined || sharding === undefined ? [] : [{ namespace: metadata.namespace ?? '', name }];
}

/** Whoever changes what it wrote sees it written again (`Owns(&BackupPolicy{})`, `Owns(&BackupSchedule{})`). */
function clusterOfOwned({ metadata }: AnyObject): readonly ObjectRef[] {
  const owner = metadata.ownerReferences?.find(({ kind, controller }) => kind === 'Cluster' && controller === true);
  return owner === undefined ? [] : [{ namespace: metadata.namespace ?? '', name: owner.name }];
}

function everyCluster(_template: AnyObject, world: World): readonly ObjectRef[] {
  return world.store.list(RESOURCES.cluster).map(refOf);
}

function protectedParts(cluster: PlaygroundCluster, world: World): readonly Protected[] {
  const components = (cluster.spec.componentSpecs ?? []).map((spec) => ({
    cluster,
    name: spec.name,
    componentDef: spec.componentDef ?? '',
    replicas: spec.replicas ?? 1,
  }));
  const shardings = (cluster.spec.shardings ?? []).map((sharding) => ({
    cluster,
    name: sharding.name,
    componentDef: sharding.template.componentDef ?? '',
    replicas: sharding.template.replicas ?? 1,
    shards: componentsOf(cluster, world)
      .filter(({ metadata }) => metadata.labels?.[LABEL.sharding] === sharding.name)
      .map(({ metadata }) => metadata.labels?.[LABEL.component] ?? ''),
  }));
  return [...components, ...shardings.filter(({ shards }) => shards.length > 0)];
}

/** True when a template covers the component. */
function sync(part: Protected, world: World): boolean {
  const template = readAll<PolicyTemplate>(world, RESOURCES.backupPolicyTemplate).find(({ spec }) =>
    spec.compDefs.some((pattern) => matchesDefinition(part.componentDef, pattern)),
  );
  if (template === undefined) return false;
  syncPolicy(part, template, world);
  syncSchedule(part, template, world);
  return true;
}

function syncPolicy(part: Protected, template: PolicyTemplate, world: World): void {
  const metadata = { ...generatedMetadata(part, template), name: policyName(part) };
  const policy = read<BackupPolicy>(world, RESOURCES.backupPolicy, metadata);
  if (policy === undefined) {
    world.store.create(RESOURCES.backupPolicy, {
      apiVersion: apiVersionOf(RESOURCES.backupPolicy),
      kind: 'BackupPolicy',
      metadata,
      spec: policySpec(part, template),
    });
    return;
  }
  const isCutLoose = policy.metadata.annotations?.[APPS_ANNOTATION.disableSync] === 'true';
  edit(world, RESOURCES.backupPolicy, policy, { spec: isCutLoose ? looseSpec(part, template, policy) : syncedSpec(part, template, policy) });
}

function syncSchedule(part: Protected, template: PolicyTemplate, world: World): void {
  const templateSchedules = template.spec.schedules ?? [];
  if (templateSchedules.length === 0) return;
  const metadata = { ...generatedMetadata(part, template), name: `${part.cluster.metadata.name}-${part.name}-backup-schedule` };
  const schedule = read<BackupSchedule>(world, RESOURCES.backupSchedule, metadata);
  const { backup } = part.cluster.spec;
  const { backupMethods } = template.spec;
  const all = withTemplateSchedules(schedule?.spec?.schedules ?? [], templateSchedules);
  const applies = backup !== undefined && backupMethods.some(({ name }) => name === backup.method);
  const schedules = applies ? mergeClusterBackup(all, backup, backupMethods, (method) => typeOf(method, world)) : all;
  if (schedule !== undefined) {
    edit(world, RESOURCES.backupSchedule, schedule, { spec: { schedules } });
    return;
  }
  world.store.create(RESOURCES.backupSchedule, {
    apiVersion: apiVersionOf(RESOURCES.backupSchedule),
    kind: 'BackupSchedule',
    metadata,
    spec: { backupPolicyName: policyName(part), schedules },
  });
}

function typeOf({ actionSetName, snapshotVolumes }: MethodTemplate, world: World): string {
  if (snapshotVolumes === true || actionSetName === undefined) return 'Full';
  return read<ActionSet>(world, RESOURCES.actionSet, { name: actionSetName })?.spec?.backupType ?? 'Full';
}

function tellOfUnknownMethod(cluster: PlaygroundCluster, covered: readonly Protected[], world: World): void {
  const method = cluster.spec.backup?.method;
  if (method === undefined || covered.length === 0) return;
  const hasMethod = covered.some((part) => {
    const ref = { namespace: cluster.metadata.namespace ?? '', name: policyName(part) };
    return read<BackupPolicy>(world, RESOURCES.backupPolicy, ref)?.spec?.backupMethods?.some(({ name }) => name === method) === true;
  });
  if (!hasMethod) world.event(cluster, 'Warning', 'BackupMethodNotFound', `backup method ${method} is not found in backup policy`);
}
