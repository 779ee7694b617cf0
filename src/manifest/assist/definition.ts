import type { Surroundings } from '../facts/surroundings';
import { placeAt, type ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, spanOf, type Path } from '../manifestPath';
import { policyMethods } from '../rules/policyMethods';
import type { AssistContext } from './assistContext';
import type { Location } from './location';
import { readReference, type ObjectReference } from './objectReferences';
import { surroundingsOf } from './surroundingsOf';
import { textIn } from './textIn';

/** Where what the cursor names is written, in this file or in another of the workspace; undefined for what only a cluster knows. */
export function definition(file: ManifestFile, offset: number, { facts }: Pick<AssistContext, 'facts'>): Location | undefined {
  const at = placeAt(file, offset);
  if (at?.object === undefined || at.part !== 'value') return undefined;
  const { object, path } = at;
  const around = surroundingsOf(file, facts);
  const reference = readReference(object, path);
  if (reference !== undefined) return namedObject(reference, around);
  if (path.at(-1) !== 'backupMethod') return undefined;
  const policyName = textIn(object.root, object.kind === 'OpsRequest' ? [...path.slice(0, -1), 'backupPolicyName'] : ['spec', 'backupPolicyName']);
  const policy = policyName === undefined ? undefined : around.find('BackupPolicy', object.namespace, policyName);
  const method = textIn(object.root, path);
  if (policy?.written === undefined || !policyMethods(policy).some(({ name }) => name === method)) return undefined;
  const methods = nodeAt(policy.written.object.root, ['spec', 'backupMethods']);
  const index = methods?.type === 'list' ? methods.items.findIndex((item) => textIn(item, ['name']) === method) : -1;
  return index < 0 ? undefined : locationOf(policy.written.object, ['spec', 'backupMethods', index, 'name'], policy.written.uri);
}

/** Where the object that a reference names is written; undefined for what only a cluster knows. */
export function namedObject({ to, namespace, name }: ObjectReference, around: Surroundings): Location | undefined {
  const written = around.find(to, namespace, name)?.written;
  return written === undefined ? undefined : locationOf(written.object, ['metadata', 'name'], written.uri);
}

export function locationOf(object: ManifestObject, path: Path, uri: string | undefined): Location {
  return { uri, object, path, span: spanOf(object.document?.root, [...object.base, ...path], 'value') };
}
