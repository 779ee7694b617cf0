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
  return { components, accounts: accountsOf(request.backup), ...workOf(inventory, components, reads) };
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

/** One Restore before the database starts, where an action set has that step or a snapshot becomes volumes, and one after it runs. */
function workOf(inventory: Inventory, components: readonly PlannedComponent[], { sources }: RestoreReads): Pick<RestoreCreates, 'restores' | 'jobs'> {
  const pods = components.filter(({ getsData }) => getsData).reduce((sum, { replicas, shards }) => sum + replicas * shards, 0);
  const parts = sources.map(({ backup, role }) => {
    const name = backup.status?.backupMethod?.actionSetName ?? '';
    const restore = inventory.actionSets.items.get(objectKey(undefined, name))?.spec?.restore;
    return role === 'snapshot' && name === '' ? { prepares: true, jobs: 0, postReady: 0 } : restore === undefined ? undefined : { prepares: restore.prepareData !== undefined || role === 'snapshot', jobs: restore.prepareData === undefined ? 0 : pods, postReady: restore.postReady?.length ?? 0 };
  });
  const known = parts.filter((part) => part !== undefined);
  if (sources.length === 0 || known.length < parts.length) {
    return { restores: undefined, jobs: undefined };
  }
  const jobs = known.reduce((sum, part) => sum + part.jobs + part.postReady, 0);
  return { restores: Number(known.some(({ prepares }) => prepares)) + Number(known.some(({ postReady }) => postReady > 0)), jobs };
}
