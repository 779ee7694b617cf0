import * as l10n from '@vscode/l10n';
import { declaredParameters, type DeclaredParameter } from '../../kubeblocks/parameters';
import type { Backup } from '../../kubeblocks/objects';
import type { Surroundings } from '../facts/surroundings';
import { rootField, type Field } from '../field';
import type { ManifestObject } from '../manifestObject';
import { policyMethods } from '../rules/policyMethods';
import { paragraph } from './docBlock';
import { originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import type { Typed } from './typedAt';

/** Names and values of parameters for an action set, and the names that an action set lists of its own schema. */
export function actionParameterValues({ object, path }: Typed, around: Surroundings): readonly Suggestion[] {
  if (object === undefined) return [];
  if (object.kind === 'ActionSet') return schemaNames(object, path);
  const at = path.lastIndexOf('parameters');
  if (object.kind === 'Cluster') return path.length === 4 && path[1] === 'restore' && at === 2 ? clusterValues(object, String(path[3]), around) : [];
  if (at < 0 || path.length !== at + 3) return [];
  const list = rootField(object.root).at(...path.slice(0, at + 1));
  const known = parametersFor(object, path.slice(0, at), around);
  const item = list.items[Number(path[at + 1])];
  if (path[at + 2] === 'value') return valuesOf(known?.parameters.find(({ name }) => name === item?.at('name').text));
  if (path[at + 2] !== 'name' || known === undefined) return [];
  const given = list.items.filter((_, index) => index !== path[at + 1]).map((each) => each.at('name').text);
  return known.parameters.filter(({ name }) => !given.includes(name)).sort((a, b) => Number(b.required) - Number(a.required)).map((parameter) => nameOf(parameter, known.detail));
}

/** Keys of `spec.restore.parameters`: what KubeBlocks itself reads, and what the action set of the backup takes. */
export function restoreParameterKeys(object: ManifestObject, around: Surroundings): readonly { readonly name: string; readonly detail: string }[] {
  const source = rootField(object.root).at('spec', 'restore', 'source');
  const known = ofBackup(source.at('name').text, source.at('namespace').text ?? object.namespace, around);
  const own = Object.keys(RESTORE_KEYS).map((name) => ({ name, detail: l10n.t('read by KubeBlocks') }));
  return [...own, ...(known?.parameters ?? []).map(({ name }) => ({ name, detail: known?.detail ?? '' }))];
}

const PREFIX = 'dataprotection.kubeblocks.io/';
/** `pkg/dataprotection/types/constant.go`, with the values that some are bound to. */
const RESTORE_KEYS: Readonly<Record<string, readonly string[]>> = {
  [`${PREFIX}source-target-name`]: [],
  [`${PREFIX}source-target-pod-name`]: [],
  [`${PREFIX}volume-restore-policy`]: ['Parallel', 'Serial'],
  [`${PREFIX}restore-env`]: [],
  [`${PREFIX}defer-post-ready-until-cluster-running`]: ['true', 'false'],
};

function clusterValues(object: ManifestObject, key: string, around: Surroundings): readonly Suggestion[] {
  const spec = rootField(object.root).at('spec');
  const source = spec.at('restore', 'source');
  if (key === `${PREFIX}source-target-name`) return targetNames(object, spec, source, around);
  const bound = Object.hasOwn(RESTORE_KEYS, key) ? RESTORE_KEYS[key] : undefined;
  if (bound !== undefined) return bound.map((value) => ({ value, kind: 'enum' }));
  return valuesOf(ofBackup(source.at('name').text, source.at('namespace').text ?? object.namespace, around)?.parameters.find(({ name }) => name === key));
}

/** Of the backup, where it is known; else the components of the cluster, which targets are called after. */
function targetNames(object: ManifestObject, spec: Field, source: Field, around: Surroundings): readonly Suggestion[] {
  const backup = around.find('Backup', source.at('namespace').text ?? object.namespace, source.at('name').text ?? '');
  const status = (backup?.object as Backup | undefined)?.status;
  const targets: unknown = status?.targets;
  const named = [status?.target, ...(Array.isArray(targets) ? (targets as ({ readonly name?: string } | null)[]) : [])].flatMap((target) => target?.name ?? []);
  if (backup !== undefined && named.length > 0) return named.map((value) => ({ value, kind: 'reference', detail: l10n.t('target of {0}, {1}', backup.object.metadata.name, originDetail(backup.origin)) }));
  const names = ['componentSpecs', 'shardings'].flatMap((list) => spec.at(list).items.flatMap((item) => item.at('name').text ?? []));
  return names.map((value) => ({ value, kind: 'reference', detail: l10n.t('component of this cluster') }));
}

interface Known {
  readonly parameters: readonly DeclaredParameter[];
  /** Where it is known from. */
  readonly detail: string;
}

/** @param holder of the list: the map that names the method, or the backup to restore. */
function parametersFor(object: ManifestObject, holder: readonly (string | number)[], around: Surroundings): Known | undefined {
  const map = rootField(object.root).at(...holder);
  if (object.kind === 'Restore') return ofBackup(map.at('backup', 'name').text, map.at('backup', 'namespace').text ?? object.namespace, around);
  if (object.kind === 'OpsRequest' && holder.at(-1) === 'restore') return ofBackup(map.at('backupName').text, map.at('backupNamespace').text ?? object.namespace, around);
  const policyName = map.at('backupPolicyName').text ?? rootField(object.root).at('spec', 'backupPolicyName').text;
  const policy = policyName === undefined ? undefined : around.find('BackupPolicy', object.namespace, policyName);
  const method = policy === undefined ? undefined : policyMethods(policy).find(({ name }) => name === map.at('backupMethod').text);
  return ofActionSet(method?.actionSetName, 'backup', around);
}

function ofBackup(name: string | undefined, namespace: string | undefined, around: Surroundings): Known | undefined {
  const backup = name === undefined ? undefined : (around.find('Backup', namespace, name)?.object as Backup | undefined);
  return ofActionSet(backup?.status?.backupMethod?.actionSetName, 'restore', around);
}

function ofActionSet(name: string | undefined, use: 'backup' | 'restore', around: Surroundings): Known | undefined {
  const found = name === undefined || name === '' ? undefined : around.find('ActionSet', undefined, name);
  return found === undefined ? undefined : { parameters: declaredParameters(found.object, use), detail: l10n.t('parameter of {0}, {1}', found.object.metadata.name, originDetail(found.origin)) };
}

function nameOf({ name, required, schema }: DeclaredParameter, detail: string): Suggestion {
  const { description } = schema;
  return { value: name, kind: 'reference', detail: required ? l10n.t('{0}, required', detail) : detail, ...(typeof description === 'string' && { documentation: () => [paragraph(description)] }) };
}

/** Values are texts, whatever the type. */
function valuesOf(parameter: DeclaredParameter | undefined): readonly Suggestion[] {
  if (parameter === undefined) return [];
  const { type, enum: allowed, default: preset } = parameter.schema;
  const values = allowed ?? (type === 'boolean' ? [true, false] : preset === undefined || preset === '' ? [] : [preset]);
  return values.filter(isPlain).map((value) => ({ value: String(value), kind: 'enum', ...(value === preset && { detail: 'default' }) }));
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Properties of the schema that the list does not have yet. */
function schemaNames({ root }: ManifestObject, path: readonly (string | number)[]): readonly Suggestion[] {
  const key = path.at(-2);
  if (key !== 'withParameters' && key !== 'required') return [];
  const given = rootField(root).at(...path.slice(0, -1)).items.filter((_, index) => index !== path.at(-1)).map(({ text }) => text);
  const properties = rootField(root).at('spec', 'parametersSchema', 'openAPIV3Schema', 'properties').entries;
  return properties.filter((property) => !given.includes(property.key)).map((property) => ({ value: property.key, kind: 'reference', detail: property.field.at('type').text ?? '' }));
}
