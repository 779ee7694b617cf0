import * as l10n from '@vscode/l10n';
import { capabilityName } from '../../kubeblocks/capabilityText';
import { CAPABILITIES, engineMethods, methodsFor, rowName, rowsOfActionSet, type EngineMethod, type EngineRow } from '../../kubeblocks/engineMatrix';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { ActionSet, BackupMethod } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';
import type { Surroundings } from '../facts/surroundings';
import { plainObject, type ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import { backedComponents, componentsBehind, policiesOfCluster, type BackedComponent, type KnownAround } from '../rules/clusterEngines';
import { policyMethods } from '../rules/policyMethods';
import { paragraph, type DocBlock } from './docBlock';
import { originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import type { Typed } from './typedAt';

/** Methods of the policy in question; of the policies of a Cluster, where no policy is named; of the engine's add-on, where no policy is known. */
export function methodValues({ object, path }: Typed, around: Surroundings, line: KubeBlocksLine): readonly Suggestion[] {
  const fits = object === undefined ? undefined : fittingTypes(object.kind, path);
  return object === undefined || fits === undefined ? [] : methodsNamed(object, path, fits, around, line);
}

/** What the method does that is named there; nothing, where none is, or nobody knows it. */
export function namedMethodText(object: ManifestObject, path: Path, name: string, around: Surroundings, line: KubeBlocksLine): readonly DocBlock[] {
  if (fittingTypes(object.kind, path) === undefined) return [];
  return methodsNamed(object, path, () => true, around, line).find(({ value }) => value === name)?.documentation?.() ?? [];
}

function methodsNamed(object: ManifestObject, path: Path, fits: Fits, around: Surroundings, line: KubeBlocksLine): readonly Suggestion[] {
  const known: KnownAround = {
    line,
    find: (kind, name) => around.find(kind, object.namespace, name),
    all: (kind) => around.all(kind, object.namespace),
    select: (kind, by, value) => around.select(kind, object.namespace, by, value),
  };
  const { policies, components } = object.kind === 'Cluster' ? ofCluster(object, known) : ofPolicy(object, path, known);
  return [
    ...policies.flatMap((policy) => policyMethods(policy).flatMap((method) => (fits(backupTypeOf(method, around)) ? [ofPolicyMethod(method, policy, around)] : []))),
    ...components.flatMap(({ row }) => engineMethods(row, line).flatMap((method) => (fits(method.type) ? [ofEngineMethod(method, row, around)] : []))),
  ];
}

type Fits = (type: string | undefined) => boolean;

/** Which types of backup may be meant there; undefined where no method is named. A log cannot be asked for by hand, nor be what a Cluster's log builds on. */
function fittingTypes(kind: string, path: Path): Fits | undefined {
  const key = path.at(-1);
  if (kind === 'Cluster') {
    if (path.length !== 3 || path[1] !== 'backup') return undefined;
    if (key === 'method') return (type) => type === undefined || type === 'Full';
    return key === 'continuousMethod' ? (type) => type === undefined || type === 'Continuous' : undefined;
  }
  if (key !== 'backupMethod') return undefined;
  return kind === 'Backup' || kind === 'OpsRequest' ? (type) => type !== 'Continuous' : () => true;
}

interface MethodSources {
  readonly policies: readonly Fact[];
  readonly components: readonly BackedComponent[];
}

function ofCluster(cluster: ManifestObject, known: KnownAround): MethodSources {
  const policies = cluster.name === undefined ? [] : policiesOfCluster(cluster.name, known);
  return { policies, components: policies.length > 0 ? [] : (backedComponents(plainObject(cluster), known.line) ?? []) };
}

function ofPolicy({ kind, root }: ManifestObject, path: Path, known: KnownAround): MethodSources {
  const isRequest = kind === 'OpsRequest';
  const name = textIn(root, isRequest ? [...path.slice(0, -1), 'backupPolicyName'] : ['spec', 'backupPolicyName']);
  const policy = name === undefined ? undefined : known.find('BackupPolicy', name);
  if (policy !== undefined) return { policies: [policy], components: [] };
  const cluster = isRequest ? (textIn(root, ['spec', 'clusterName']) ?? textIn(root, ['spec', 'clusterRef'])) : undefined;
  return { policies: [], components: componentsBehind(name, cluster, known) ?? [] };
}

function ofPolicyMethod(method: BackupMethod, policy: Fact, around: Surroundings): Suggestion {
  return {
    value: method.name,
    kind: 'reference',
    detail: l10n.t('{0} of {1}, {2}', backupTypeOf(method, around) ?? l10n.t('method'), policy.object.metadata.name, originDetail(policy.origin)),
    documentation: () => methodText(method, around),
  };
}

function ofEngineMethod(engineMethod: EngineMethod, row: EngineRow, around: Surroundings): Suggestion {
  const { name, type, snapshot, actionSet, compatibleMethod } = engineMethod;
  const method = { name, ...(snapshot && { snapshotVolumes: snapshot }), ...(actionSet !== undefined && { actionSetName: actionSet }), ...(compatibleMethod !== undefined && { compatibleMethod }) };
  return { value: name, kind: 'reference', detail: l10n.t('{0}, of the add-on for {1}', type, rowName(row)), documentation: () => methodText(method, around, engineMethod, row) };
}

/** `Full`, `Continuous`…; undefined where the action set is not known. */
export function backupTypeOf(method: BackupMethod, around: Surroundings): string | undefined {
  const type = actionSetOf(method, around)?.spec?.backupType;
  return typeof type === 'string' ? type : method.snapshotVolumes === true ? 'Full' : undefined;
}

/** What a method does, and by what. */
function methodText(method: BackupMethod, around: Surroundings, engineMethod = engineMethodOf(method), row?: EngineRow): readonly DocBlock[] {
  const type = backupTypeOf(method, around) ?? engineMethod?.type;
  const set = actionSetOf(method, around);
  const lines = [
    type === undefined ? undefined : row === undefined ? l10n.t('Backup type: {0}', type) : l10n.t('{0}, of the add-on for {1}', type, rowName(row)),
    engineMethod === undefined ? undefined : l10n.t('Capabilities: {0}', CAPABILITIES.filter((of) => methodsFor(of, [engineMethod]).length > 0).map(capabilityName).join(', ')),
    method.snapshotVolumes === true ? l10n.t('Snapshots of volumes, made by the storage.') : undefined,
    typeof method.actionSetName !== 'string' || method.actionSetName === '' ? undefined : set === undefined ? l10n.t('Action set: {0} (not known here)', method.actionSetName) : l10n.t('Action set: {0}', method.actionSetName),
    typeof method.compatibleMethod === 'string' ? l10n.t('Builds on backups of {0}.', method.compatibleMethod) : undefined,
    set?.spec?.restore?.baseBackupRequired === false ? l10n.t('Restores without a base backup.') : undefined,
    set !== undefined && set.spec?.restore === undefined ? l10n.t('Its action set has no restore: backups of it cannot be restored.') : undefined,
  ];
  const items = lines.filter((line) => line !== undefined);
  return items.length === 0 ? [] : items.length === 1 ? [paragraph(items[0] ?? '')] : [{ kind: 'list', items }];
}

/** What the add-ons say of a method that has their action set. */
function engineMethodOf({ actionSetName }: BackupMethod): EngineMethod | undefined {
  return typeof actionSetName === 'string' ? rowsOfActionSet(actionSetName).flatMap(({ methods }) => methods).find(({ actionSet }) => actionSet === actionSetName) : undefined;
}

function actionSetOf({ actionSetName }: BackupMethod, around: Surroundings): ActionSet | undefined {
  return typeof actionSetName === 'string' ? around.find('ActionSet', undefined, actionSetName)?.object : undefined;
}
