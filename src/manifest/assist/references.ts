import { isKubeBlocksGroup, groupOf } from '../dialect';
import { placeAt, type ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { locationOf } from './definition';
import type { Location, WorkspaceFile } from './location';
import { readReference, referencesIn, type ObjectReference } from './objectReferences';

/** An object, as others name it. */
export interface NamedObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** The object whose name the cursor is at: its own, or in another's field. */
export function namedAt(file: ManifestFile, offset: number): NamedObject | undefined {
  const at = placeAt(file, offset);
  if (at?.object === undefined || at.part !== 'value') return undefined;
  const { object, path } = at;
  if (path.length === 2 && path[0] === 'metadata' && path[1] === 'name' && isKnown(object) && object.name !== undefined) return { kind: object.kind, name: object.name, namespace: object.namespace };
  const reference = readReference(object, path);
  return reference === undefined ? undefined : { kind: reference.to, name: reference.name, namespace: reference.namespace };
}

/**
 * Every place that names the object at the cursor, its own name first, in this file and in the others.
 * @param others of the workspace, without this one.
 */
export function references(file: ManifestFile, offset: number, others: readonly WorkspaceFile[]): readonly Location[] {
  const named = namedAt(file, offset);
  if (named === undefined) return [];
  const files = [{ uri: undefined, file }, ...others];
  const objects = files.flatMap((each) => each.file.documents.flatMap(({ document }) => document.objects.map((object) => ({ uri: each.uri, object }))));
  const own = objects.filter(({ object }) => isKnown(object) && isSame(named, object.kind, object.name, object.namespace)).map(({ uri, object }) => locationOf(object, ['metadata', 'name'], uri));
  const uses = objects.flatMap(({ uri, object }) => referencesIn(object).filter((reference) => names(reference, named)).map(({ path }) => locationOf(object, path, uri)));
  return [...own, ...uses];
}

function names({ to, name, namespace }: ObjectReference, named: NamedObject): boolean {
  return isSame(named, to, name, namespace);
}

const CLUSTER_WIDE: ReadonlySet<string> = new Set(['ActionSet', 'BackupPolicyTemplate', 'BackupRepo', 'ComponentDefinition', 'StorageProvider']);

/** Without a namespace it may be any. */
function isSame(named: NamedObject, kind: string, name: string | undefined, namespace: string | undefined): boolean {
  if (named.kind !== kind || named.name !== name) return false;
  return CLUSTER_WIDE.has(kind) || named.namespace === undefined || namespace === undefined || named.namespace === namespace;
}

function isKnown({ apiVersion, kind }: ManifestObject): boolean {
  return isKubeBlocksGroup(groupOf(apiVersion)) || kind === 'Secret';
}
