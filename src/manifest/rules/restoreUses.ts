import { ANNOTATIONS } from '../../kubeblocks/labels';
import { readEmbeddedJson } from '../embeddedJson';
import type { FactKind } from '../facts/facts';
import type { Field } from '../field';
import { entryOf, type MapNode, type Span } from '../yaml/node';
import type { RuleContext } from './ruleContext';

/** A text that stands in a field, or in the JSON within it. */
export interface WrittenText {
  readonly text: string;
  readonly field: Field;
  readonly within?: Span;
}

/** A place that asks for a backup's data. */
export interface RestoreUse {
  readonly backup: WrittenText;
  /** Undefined where the backup is looked for in the namespace of an object that says none. */
  readonly namespace: string | undefined;
  readonly time: WrittenText | undefined;
  /** The component that an annotation names. */
  readonly component?: string;
}

/** What the object would restore on this line. Nothing where the cluster holds the object already: it was asked for once, and backups come and go. */
export function restoreUses(context: RuleContext): readonly RestoreUse[] {
  const { object } = context;
  if (object.name !== undefined && context.findLive(object.kind as FactKind, object.name) !== undefined) return [];
  switch (object.kind) {
    case 'Cluster':
      return context.line === '1.2' ? specUses(context) : annotationUses(context);
    case 'OpsRequest':
      return opsUses(context);
    case 'Restore':
      return useOf(context.spec.at('backup', 'name'), context.spec.at('backup', 'namespace').text, context.spec.at('restoreTime'));
    default:
      return [];
  }
}

/** Where an OpsRequest of type Restore says what it wants; undefined for other types and lines. */
export function opsRestore({ spec, line }: RuleContext): Field | undefined {
  if (spec.at('type').text !== 'Restore' || line === '0.7') return undefined;
  return spec.at(line === '0.8' || (line === '0.9' && !spec.at('restore').isWritten) ? 'restoreSpec' : 'restore');
}

/** The field of a restore request that holds the instant. */
export function opsRestoreTime(restore: Field, { line }: RuleContext): Field {
  return restore.at(line === '0.8' ? 'restoreTimeStr' : 'restorePointInTime');
}

function opsUses(context: RuleContext): readonly RestoreUse[] {
  const restore = opsRestore(context);
  if (restore === undefined) return [];
  return useOf(restore.at('backupName'), restore.at('backupNamespace').text ?? context.object.namespace, opsRestoreTime(restore, context));
}

function specUses({ spec, object }: RuleContext): readonly RestoreUse[] {
  const source = spec.at('restore', 'source');
  if (source.at('kind').text !== 'Backup') return [];
  return useOf(source.at('name'), source.at('namespace').text ?? object.namespace, spec.at('restore', 'pitr'));
}

function annotationUses(context: RuleContext): readonly RestoreUse[] {
  const annotation = context.annotation(ANNOTATIONS.restoreFromBackup);
  const root = readEmbeddedJson(annotation)?.root;
  if (root?.type !== 'map') return [];
  return root.entries.flatMap(({ key, value }) => {
    if (value.type !== 'map') return [];
    const backup = textIn(value, 'name', annotation);
    return backup === undefined ? [] : [{ backup, namespace: textIn(value, 'namespace', annotation)?.text ?? context.object.namespace, time: textIn(value, 'restoreTime', annotation), component: key }];
  });
}

function textIn(map: MapNode, key: string, field: Field): WrittenText | undefined {
  const value = entryOf(map, key)?.value;
  if (value?.type !== 'scalar' || typeof value.value !== 'string' || value.value === '') return undefined;
  return { text: value.value, field, within: { start: value.start, end: value.end } };
}

function useOf(backup: Field, namespace: string | undefined, time: Field): readonly RestoreUse[] {
  const written = textOf(backup);
  return written === undefined ? [] : [{ backup: written, namespace, time: textOf(time) }];
}

function textOf(field: Field): WrittenText | undefined {
  const { text } = field;
  return text === undefined || text === '' ? undefined : { text, field };
}
