import { fillsVolumes, skipsBase } from './bases';
import { componentOf } from './clusterIndex';
import { restoredSpec, shardingsIn } from './clusterSnapshot';
import { objectKey, type Inventory } from './inventory';
import { isJsonObject, jsonAt, jsonNumber, jsonObjects, jsonQuantity, jsonText, type JsonObject } from './json';
import { ANNOTATIONS } from './labels';
import type { Backup, Cluster } from './objects';
import { restoredComponents, writtenSpec } from './restoreObjects';
import type { RestoreReads } from './restoreReads';
import type { RestoreRequest } from './restoreRequest';

/** What comes to be. */
export interface RestoreCreates {
  readonly components: readonly PlannedComponent[];
  /** System accounts whose Secrets are made from what the backup holds, encrypted. */
  readonly accounts: readonly string[];
  /** Restore objects, and the jobs they run; undefined where the action sets are not known. */
  readonly restores: number | undefined;
  readonly jobs: number | undefined;
}

export interface PlannedComponent {
  readonly name: string;
  /** 1 for what is no sharding. */
  readonly shards: number;
  readonly isSharding: boolean;
  /** Of each shard. */
  readonly replicas: number;
  readonly componentDef: string | undefined;
  readonly serviceVersion: string | undefined;
  readonly volumes: readonly PlannedVolume[];
  /** It gets the backup's data; the others start empty. */
  readonly getsData: boolean;
  /** Of each pod: quantities. */
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

export interface PlannedVolume {
  readonly name: string;
  /** A quantity, of each of `claims` claims. */
  readonly size: string | undefined;
  readonly claims: number;
  /** Undefined: the cluster's default class. */
  readonly storageClass: string | undefined;
}

/** The new cluster in parts, as the snapshot in the backup and the changes asked for make it. */
export function restoreCreates(inventory: Inventory, request: RestoreRequest, snapshot: Cluster | undefined, reads: RestoreReads): RestoreCreates {
  const byRequest = request.way === 'opsRequest';
  const spec = snapshot === undefined ? {} : byRequest ? restoredSpec(snapshot, request.targetName) : writtenSpec(request, snapshot);
  const restored = byRequest ? new Set([componentOf(request.backup)]) : restoredComponents(request);
  const components = [
    ...jsonObjects(spec, 'componentSpecs').map((each) => componentFrom(each, undefined, restored)),
    ...shardingsIn(spec).map((each) => componentFrom(each, jsonNumber(each, 'shards') ?? 1, restored)),
  ];
  return { components, accounts: accountsOf(request.backup), ...workOf(inventory, request.backup, components, reads) };
}

function componentFrom(spec: JsonObject, shards: number | undefined, restored: ReadonlySet<string | undefined>): PlannedComponent {
  const template = shards === undefined ? spec : jsonAt(spec, 'template');
  const replicas = jsonNumber(template, 'replicas') ?? 1;
  const name = jsonText(spec, 'name') ?? '';
  return {
    name,
    shards: shards ?? 1,
    isSharding: shards !== undefined,
    replicas,
    componentDef: jsonText(template, 'componentDef'),
    serviceVersion: jsonText(template, 'serviceVersion'),
    volumes: jsonObjects(template, 'volumeClaimTemplates').map((claim) => ({
      name: jsonText(claim, 'name') ?? '',
      size: jsonQuantity(claim, 'spec', 'resources', 'requests', 'storage'),
      claims: replicas * (shards ?? 1),
      storageClass: jsonText(claim, 'spec', 'storageClassName'),
    })),
    getsData: restored.has(name),
    requests: quantities(jsonAt(template, 'resources', 'requests')),
    limits: quantities(jsonAt(template, 'resources', 'limits')),
  };
}

function quantities(value: unknown): Readonly<Record<string, string>> {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  return Object.fromEntries(keys.flatMap((key) => (jsonQuantity(value, key) === undefined ? [] : [[key, jsonQuantity(value, key) ?? '']])));
}

/** Names alone; what is behind them is ciphertext. */
function accountsOf({ metadata }: Backup): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(metadata.annotations?.[ANNOTATIONS.encryptedAccounts] ?? '{}');
    const components = isJsonObject(parsed) ? Object.entries(parsed) : [];
    return components.flatMap(([component, accounts]) => (isJsonObject(accounts) ? Object.keys(accounts).map((account) => `${component}/${account}`) : [component]));
  } catch {
    return [];
  }
}

/**
 * Up to 1.1 a Restore for each component, or shard that a target of the backup is dealt to, before it starts, where its
 * method names a volume of it, and always one after it runs (`DoRestore` of `pkg/controller/plan/restore.go`); in 1.2 each
 * where an action set has that step.
 */
function workOf(inventory: Inventory, backup: Backup, components: readonly PlannedComponent[], { sources }: RestoreReads): Pick<RestoreCreates, 'restores' | 'jobs'> {
  const filled = components.filter(({ getsData }) => getsData);
  const pods = filled.reduce((sum, { replicas, shards }) => sum + replicas * shards, 0);
  const read = sources.map(({ backup: { status }, role }) => ({ role, name: status?.backupMethod?.actionSetName ?? '' }));
  const parts = read.map(({ role, name }) => ({ role, name, actionSet: inventory.actionSets.items.get(objectKey(undefined, name)) }));
  if (parts.length === 0 || parts.some(({ role, name, actionSet }) => actionSet?.spec?.restore === undefined && (role !== 'snapshot' || name !== ''))) {
    return { restores: undefined, jobs: undefined };
  }
  // A log that comes with its base has all of it done by its own action set.
  const log = parts.find(({ role, actionSet }) => role === 'log' && skipsBase(actionSet));
  const done = log === undefined ? parts : [log];
  const prepares = done.some(({ role, actionSet }) => role === 'snapshot' || fillsVolumes(actionSet));
  const postReady = done.reduce((sum, { actionSet }) => sum + (actionSet?.spec?.restore?.postReady?.length ?? 0), 0);
  const isByMethod = inventory.line !== '1.2';
  const fills = ({ volumes }: PlannedComponent): boolean => !isByMethod || volumes.some(({ name }) => namesVolume(backup, name));
  const jobs = done.filter(({ actionSet }) => fillsVolumes(actionSet)).length * (filled.some(fills) ? pods : 0) + postReady;
  const restores = isByMethod
    ? filled.reduce((sum, component) => sum + (fills(component) ? 2 : 1) * dealtTargets(backup, component), 0)
    : Number(prepares) + Number(postReady > 0);
  return { restores, jobs };
}

/** Whether the method that made the backup names the volume; where only some of it is known, any. */
function namesVolume({ status }: Backup, name: string): boolean {
  const targets = jsonAt(status, 'backupMethod', 'targetVolumes');
  const mounts = jsonObjects(targets, 'volumeMounts').map((mount) => jsonText(mount, 'name'));
  const names = [...(status?.backupMethod?.targetVolumes?.volumes ?? []), ...mounts];
  return targets !== undefined && (names.length === 0 || names.includes(name));
}

function dealtTargets({ status }: Backup, { isSharding, shards }: PlannedComponent): number {
  return isSharding ? Math.min(shards, status?.targets?.length ?? 0) : 1;
}
