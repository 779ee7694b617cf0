import * as l10n from '@vscode/l10n';
import { isPartWithoutPolicy, rowOfDefinition } from '../kubeblocks/engineMatrix';
import { LINES, type KubeBlocksLine } from '../kubeblocks/kinds';
import { rootField, type Field } from './field';
import type { Fix, FixEdit } from './fix';
import type { ManifestObject } from './manifestObject';
import type { Path } from './manifestPath';
import { removal } from './removal';
import { toSchedulingPolicy } from './schedulingConversion';

/** What this line has instead of a field of another. */
export interface OlderField {
  /** A sentence. */
  readonly instead: string;
  /** None where only a person can tell. */
  readonly fixes: readonly Fix[];
}

/**
 * What becomes of a field that this line does not know, and that has no plain new name; undefined for what no line had. As
 * KubeBlocks itself converts (`apis/apps/v1alpha1/cluster_conversion.go` of 1.0), and by the schemas of the lines.
 */
export function olderField(object: ManifestObject, path: Path, line: KubeBlocksLine): OlderField | undefined {
  const key = path.at(-1);
  const holder = path.slice(0, -1).join('.');
  const found = SHAPES.find((shape) => shape.kind === object.kind && shape.keys.includes(String(key)) && shape.holder.test(holder));
  if (found === undefined || (LINES.indexOf(line) < LINES.indexOf(found.since)) !== (found.isUntil === true)) return undefined;
  const root = rootField(object.root);
  return found.convert({ object, root, holder: root.at(...path.slice(0, -1)), field: root.at(...path) });
}

interface Place {
  readonly object: ManifestObject;
  readonly root: Field;
  readonly holder: Field;
  readonly field: Field;
}

interface Shape {
  readonly kind: string;
  /** The path of the map that has the field. */
  readonly holder: RegExp;
  readonly keys: readonly string[];
  /** The first line that does not know it; with `isUntil` that knows it. */
  readonly since: KubeBlocksLine;
  readonly isUntil?: true;
  readonly convert: (place: Place) => OlderField;
}

const COMPONENT = /^spec\.(?:componentSpecs\.\d+|shardingSpecs\.\d+\.template|shardings\.\d+\.template)$/;
const SPEC = /^spec$/;

const SHAPES: readonly Shape[] = [
  { kind: 'Cluster', holder: COMPONENT, keys: ['componentDefRef'], since: '1.0', convert: componentDefinition },
  { kind: 'Cluster', holder: COMPONENT, keys: ['componentDef'], since: '0.8', isUntil: true, convert: () => byHand(l10n.t('componentDefRef names a part of the ClusterDefinition.')) },
  { kind: 'Cluster', holder: COMPONENT, keys: ['monitor'], since: '1.0', convert: (place) => inverted(place, 'disableExporter') },
  { kind: 'Cluster', holder: COMPONENT, keys: ['disableExporter'], since: '0.9', isUntil: true, convert: (place) => inverted(place, 'monitor') },
  { kind: 'Cluster', holder: COMPONENT, keys: ['classDefRef', 'enabledLogs', 'switchPolicy', 'updateStrategy'], since: '1.0', convert: dropped },
  { kind: 'Cluster', holder: COMPONENT, keys: ['affinity', 'tolerations'], since: '1.0', convert: scheduling },
  { kind: 'Cluster', holder: SPEC, keys: ['affinity', 'tolerations'], since: '1.0', convert: scheduling },
  { kind: 'Cluster', holder: SPEC, keys: ['clusterVersionRef'], since: '1.0', convert: () => byHand(l10n.t('Each component has a serviceVersion of its own.')) },
  { kind: 'BackupPolicyTemplate', holder: SPEC, keys: ['backupPolicies'], since: '1.0', convert: policies },
  { kind: 'BackupPolicyTemplate', holder: SPEC, keys: ['componentDefs'], since: '1.0', convert: templateComponents },
  { kind: 'BackupPolicyTemplate', holder: SPEC, keys: ['clusterDefinitionRef', 'componentDefRef'], since: '1.0', convert: templateOwner },
];

/** A part of the ClusterDefinition once; its name is not that of a ComponentDefinition, except by the habit of some add-ons. */
function componentDefinition({ object, root, holder, field }: Place): OlderField {
  const instead = l10n.t('It named a part of the ClusterDefinition; componentDef names a ComponentDefinition, whole or how it begins.');
  if (holder.at('componentDef').isWritten) return { instead, fixes: [removal(object, field)] };
  const { text } = field;
  const owner = root.at('spec', 'clusterDefinitionRef').text ?? root.at('spec', 'clusterDef').text;
  const edits: FixEdit[] = [{ kind: 'renameKey', object, path: field.path, key: 'componentDef' }];
  const name = text === undefined ? undefined : definitionName(text, owner, ['componentSpecs', 'shardings', 'shardingSpecs'].flatMap((list) => root.at('spec', list).items).length === 1);
  if (name === undefined) return byHand(instead);
  if (name !== text) edits.push({ kind: 'setValue', object, path: field.path, value: name });
  return { instead, fixes: [{ title: l10n.t('Change to {0}', `componentDef: ${name}`), edits }] };
}

/** What newer add-ons call what an older one's ClusterDefinition called so. */
function definitionName(part: string, owner: string | undefined, isAlone: boolean): string | undefined {
  const addonOf = (name: string): string | undefined => rowOfDefinition(name, NEWEST)?.addon;
  const addon = addonOf(part);
  if (addon !== undefined && (owner === undefined || owner === addon)) return part;
  if (isPartWithoutPolicy(part) && (owner === undefined || part.startsWith(owner))) return part;
  return isAlone && owner !== undefined && addonOf(owner) === owner ? owner : undefined;
}

const NEWEST: KubeBlocksLine = '1.2';

function inverted({ object, holder, field }: Place, other: string): OlderField {
  const instead = l10n.t('{0} says the opposite.', other);
  if (holder.at(other).isWritten) return { instead, fixes: [removal(object, field)] };
  const value = field.boolean;
  if (value === undefined) return byHand(instead);
  const edits: FixEdit[] = [{ kind: 'renameKey', object, path: field.path, key: other }, { kind: 'setValue', object, path: field.path, value: !value }];
  return { instead, fixes: [{ title: l10n.t('Change to {0}', `${other}: ${String(!value)}`), edits }] };
}

function dropped({ object, field }: Place): OlderField {
  return { instead: l10n.t('It has nothing of the kind, and drops the field when it reads an older manifest.'), fixes: [removal(object, field)] };
}

function scheduling({ object }: Place): OlderField {
  return { instead: l10n.t('A component has a schedulingPolicy instead.'), fixes: toSchedulingPolicy(object, l10n.t('Convert to schedulingPolicy')) };
}

function policies({ object, field }: Place): OlderField {
  const instead = l10n.t('A template holds one policy, whose fields stand directly in spec.');
  if (field.items.length !== 1) return byHand(instead);
  return { instead, fixes: [{ title: l10n.t('Move the policy to spec'), edits: [{ kind: 'unwrap', object, path: field.path }] }] };
}

/** They stood in a policy before. */
function templateComponents({ object, holder, field }: Place): OlderField {
  const instead = l10n.t('compDefs says which components it is for.');
  if (holder.at('compDefs').isWritten) return byHand(instead);
  return { instead, fixes: [{ title: l10n.t('Rename to {0}', 'compDefs'), edits: [{ kind: 'renameKey', object, path: field.path, key: 'compDefs' }] }] };
}

function templateOwner({ object, root, field }: Place): OlderField {
  const instead = l10n.t('compDefs says which components it is for.');
  const isSaid = root.at('spec', 'compDefs').isWritten || root.at('spec', 'componentDefs').isWritten;
  return isSaid ? { instead, fixes: [removal(object, field)] } : byHand(instead);
}

function byHand(instead: string): OlderField {
  return { instead, fixes: [] };
}
