import type { FactKind } from '../facts/facts';
import { fieldPath } from '../fieldTexts';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, type Path } from '../manifestPath';
import { entryOf, type YamlNode } from '../yaml/node';

/** A field whose value is the name of an object. */
export interface ReferenceField {
  readonly to: FactKind;
  /** The sibling that says the namespace, where that may be another. */
  readonly namespaceKey?: string;
}

const METHODS: Readonly<Record<string, ReferenceField>> = { 'backupMethods[].actionSetName': { to: 'ActionSet' } };
const BACKED_UP: Readonly<Record<string, ReferenceField>> = { backupPolicyName: { to: 'BackupPolicy' }, parentBackupName: { to: 'Backup' } };

/** By kind and path below `spec`. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, ReferenceField>>>> = {
  Backup: BACKED_UP,
  BackupSchedule: { backupPolicyName: { to: 'BackupPolicy' } },
  BackupPolicy: {
    backupRepoName: { to: 'BackupRepo' },
    ...METHODS,
    'encryptionConfig.passPhraseSecretKeyRef.name': { to: 'Secret' },
    'backupMethods[].env[].valueFrom.secretKeyRef.name': { to: 'Secret' },
    'target.connectionCredential.secretName': { to: 'Secret' },
    'targets[].connectionCredential.secretName': { to: 'Secret' },
    'backupMethods[].target.connectionCredential.secretName': { to: 'Secret' },
    'backupMethods[].targets[].connectionCredential.secretName': { to: 'Secret' },
  },
  BackupPolicyTemplate: {
    ...METHODS,
    'backupPolicies[].backupMethods[].actionSetName': { to: 'ActionSet' },
    'compDefs[]': { to: 'ComponentDefinition' },
    'backupPolicies[].componentDefs[]': { to: 'ComponentDefinition' },
  },
  BackupRepo: { storageProviderRef: { to: 'StorageProvider' }, 'credential.name': { to: 'Secret', namespaceKey: 'namespace' } },
  Restore: { 'env[].valueFrom.secretKeyRef.name': { to: 'Secret' }, 'backup.name': { to: 'Backup', namespaceKey: 'namespace' } },
  Cluster: {
    'backup.repoName': { to: 'BackupRepo' },
    'componentSpecs[].componentDef': { to: 'ComponentDefinition' },
    'shardings[].template.componentDef': { to: 'ComponentDefinition' },
    'shardingSpecs[].template.componentDef': { to: 'ComponentDefinition' },
  },
  OpsRequest: {
    clusterName: { to: 'Cluster' },
    clusterRef: { to: 'Cluster' },
    'backup.backupPolicyName': { to: 'BackupPolicy' },
    'backup.parentBackupName': { to: 'Backup' },
    'backupSpec.backupPolicyName': { to: 'BackupPolicy' },
    'backupSpec.parentBackupName': { to: 'Backup' },
    'restore.backupName': { to: 'Backup', namespaceKey: 'backupNamespace' },
    'restoreSpec.backupName': { to: 'Backup' },
  },
};

/** What the field at a path names; undefined where it names no object. */
export function referenceAt(kind: string, path: Path): ReferenceField | undefined {
  const fields = Object.hasOwn(REFERENCES, kind) ? REFERENCES[kind] : undefined;
  if (fields === undefined || path[0] !== 'spec') return undefined;
  const text = fieldPath(path.slice(1));
  return Object.hasOwn(fields, text) ? fields[text] : undefined;
}

export interface ObjectReference extends ReferenceField {
  readonly object: ManifestObject;
  readonly path: Path;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A reference with the name and namespace that are written; undefined where no name is. */
export function readReference(object: ManifestObject, path: Path): ObjectReference | undefined {
  const field = referenceAt(object.kind, path);
  const node = nodeAt(object.root, path);
  if (field === undefined || node?.type !== 'scalar' || typeof node.value !== 'string' || node.value === '') return undefined;
  return { ...field, object, path, name: node.value, namespace: namespaceOf(field, object, path) };
}

/** The namespace in which the field's name is looked up. */
export function namespaceOf({ namespaceKey }: ReferenceField, object: ManifestObject, path: Path): string | undefined {
  const other = namespaceKey === undefined ? undefined : nodeAt(object.root, [...path.slice(0, -1), namespaceKey]);
  return other?.type === 'scalar' && typeof other.value === 'string' && other.value !== '' ? other.value : object.namespace;
}

/** All names of other objects in an object, in the order of its text. */
export function referencesIn(object: ManifestObject): readonly ObjectReference[] {
  const ways = waysOf(object.kind);
  const spec = ways === undefined ? undefined : entryOf(object.root, 'spec');
  return ways === undefined || spec === undefined ? [] : below(spec.value, ['spec'], ways, object);
}

function below(node: YamlNode, path: Path, { steps }: Way, object: ManifestObject): readonly ObjectReference[] {
  const on = (step: string | number, child: YamlNode): readonly ObjectReference[] => {
    const way = steps.get(typeof step === 'number' ? '[]' : step);
    return way === undefined ? [] : below(child, [...path, step], way, object);
  };
  switch (node.type) {
    case 'scalar': {
      const reference = readReference(object, path);
      return reference === undefined ? [] : [reference];
    }
    case 'list':
      return node.items.flatMap((item, index) => on(index, item));
    case 'map':
      return node.entries.flatMap(({ key, value, merged }) => (merged === true ? [] : on(key, value)));
  }
}

/** The steps that lead to a name: only there is looked. */
interface Way {
  readonly steps: Map<string, Way>;
}

const ways = new Map<string, Way>();

function waysOf(kind: string): Way | undefined {
  if (!Object.hasOwn(REFERENCES, kind)) return undefined;
  const known = ways.get(kind);
  if (known !== undefined) return known;
  const root: Way = { steps: new Map() };
  for (const path of Object.keys(REFERENCES[kind] ?? {})) {
    let way = root;
    for (const step of path.replaceAll('[]', '.[]').split('.')) {
      const next: Way = way.steps.get(step) ?? { steps: new Map() };
      way.steps.set(step, next);
      way = next;
    }
  }
  ways.set(kind, root);
  return root;
}
