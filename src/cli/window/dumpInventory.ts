import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { parseAllDocuments } from 'yaml';
import { emptyInventory, keyOf, type Collection, type CollectionName, type Inventory } from '../../kubeblocks/inventory';
import type { KubeObject } from '../../kubeblocks/objects';
import { PROJECTIONS } from '../../kubernetes/projection';
import { UsageError } from '../usageError';

const STANDARD_INPUT = 0;

/** The kinds that are read, whatever their API version. */
const COLLECTIONS: Readonly<Record<string, CollectionName>> = {
  Backup: 'backups',
  BackupSchedule: 'schedules',
  ActionSet: 'actionSets',
  BackupPolicy: 'policies',
  Cluster: 'clusters',
  BackupRepo: 'repos',
  Restore: 'restores',
  OpsRequest: 'opsRequests',
  StorageProvider: 'storageProviders',
};
const GROUP = /^(?:dataprotection|apps|operations|storage)\.kubeblocks\.io\//;

/** What a dump for a window holds, all of it: the command that makes it names them. */
const WHOLE: readonly CollectionName[] = ['backups', 'schedules', 'actionSets', 'policies', 'clusters'];

/**
 * What `kubectl get … -o yaml` (or json) printed, as an inventory: lists, single objects, several documents. Objects of
 * other kinds are left out. Throws `UsageError` where the file cannot be read, or is no such dump.
 */
export function dumpInventory(file: string, now: number): Inventory {
  const { name, objects } = readDump(file);
  const inventory = inventoryOf(objects, name, now);
  if (inventory.backups.items.size === 0) {
    throw new UsageError(l10n.t('{0} has no backups. Make it with: {1}', name, 'kubectl get backups,backupschedules,actionsets,backuppolicies -A -o yaml'));
  }
  return WHOLE.reduce<Inventory>((whole, collection) => ({ ...whole, [collection]: { ...whole[collection], state: { state: 'ready', asOf: now } } }), inventory);
}

export interface Dump {
  /** The file's name, or what stands for standard input. */
  readonly name: string;
  /** What it holds, whatever it is. */
  readonly objects: readonly unknown[];
}

/** The objects of a dump. Throws `UsageError` where the file cannot be read, or is neither YAML nor JSON. */
export function readDump(file: string): Dump {
  const name = file === '-' ? '<stdin>' : file;
  return { name, objects: documentsOf(textOf(file), name).flatMap(objectsOf) };
}

/** What there is of each kind in the dump. A kind of which there is nothing is not known: nobody says that it was asked for. */
export function inventoryOf(objects: readonly unknown[], name: string, now: number): Inventory {
  const collected = new Map<CollectionName, Map<string, KubeObject>>();
  for (const object of objects) {
    const collection = collectionOf(object);
    const projected: KubeObject | undefined = collection === undefined ? undefined : PROJECTIONS[collection](object);
    if (collection !== undefined && projected !== undefined) {
      collected.set(collection, (collected.get(collection) ?? new Map<string, KubeObject>()).set(keyOf(projected), projected));
    }
  }
  return [...collected].reduce<Inventory>(
    (inventory, [collection, items]) => ({ ...inventory, [collection]: { state: { state: 'ready', asOf: now }, items } satisfies Collection<KubeObject> }),
    emptyInventory(name),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read: {1}.', file, error instanceof Error ? error.message : String(error)));
  }
}

function documentsOf(text: string, name: string): readonly unknown[] {
  try {
    return text.trimStart().startsWith('{') ? [JSON.parse(text)] : yamlDocuments(text);
  } catch (error) {
    throw new UsageError(l10n.t('{0} is neither YAML nor JSON: {1}', name, error instanceof Error ? error.message : String(error)));
  }
}

function yamlDocuments(text: string): readonly unknown[] {
  return [...parseAllDocuments(text, { uniqueKeys: false })].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS() as unknown;
  });
}

function objectsOf(document: unknown): readonly unknown[] {
  const items = typeof document === 'object' && document !== null && 'items' in document ? document.items : undefined;
  return Array.isArray(items) ? items : [document];
}

function collectionOf(object: unknown): CollectionName | undefined {
  const { kind, apiVersion } = (typeof object === 'object' && object !== null ? object : {}) as { readonly kind?: unknown; readonly apiVersion?: unknown };
  const isOurs = typeof apiVersion === 'string' && GROUP.test(apiVersion);
  return isOurs && typeof kind === 'string' && Object.hasOwn(COLLECTIONS, kind) ? COLLECTIONS[kind] : undefined;
}
