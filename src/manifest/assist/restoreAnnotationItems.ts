import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { backupType, isEnded } from '../../kubeblocks/backupState';
import type { Backup } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';
import { rootField } from '../field';
import type { ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import { RESTORE_ANNOTATION } from '../rules/restoreAnnotation';
import { RESTORE_ENTRY_KEYS } from '../rules/restoreAnnotationContent';
import { spanInScalar, valueOffsetAt } from '../yaml/spanInScalar';
import type { ScalarNode } from '../yaml/node';
import type { AssistContext } from './assistContext';
import type { CompletionItem } from './completionItem';
import { jsonCursor, type JsonCursor } from './jsonCursor';
import { objectValues, originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import { surroundingsOf } from './surroundingsOf';

/**
 * What fits in the JSON of a Cluster's restore annotation; undefined where the cursor is elsewhere, or the text is folded
 * in a way that says no places.
 */
export function restoreAnnotationItems(file: ManifestFile, offset: number, context: AssistContext): readonly Omit<CompletionItem, 'sortText'>[] | undefined {
  const place = annotationAt(file, offset);
  if (place === undefined || context.dialect.line === '1.2') return undefined;
  const { object, node, text, start } = place;
  const at = valueOffsetAt(text, node, offset - start);
  const cursor = at === undefined ? undefined : jsonCursor(String(node.value), at);
  if (cursor === undefined) return [];
  const span = spanInScalar(text, node, { start: cursor.start, end: cursor.end });
  const range = { start: span.start + start, end: span.end + start };
  return suggestions(cursor, object, file, context).map(({ value, kind, detail, documentation }) => {
    const label = String(value);
    const newText = written(label, cursor, node.style);
    return { label, kind, range, newText, isSnippet: false, detail, filterText: cursor.isQuoted ? label : newText, resolve: documentation ?? (() => []) };
  });
}

interface AnnotationPlace {
  readonly object: ManifestObject;
  readonly node: ScalarNode;
  /** Of the document, and where that begins. */
  readonly text: string;
  readonly start: number;
}

function annotationAt(file: ManifestFile, offset: number): AnnotationPlace | undefined {
  const placed = file.documents.findLast(({ start }) => start <= offset);
  if (placed === undefined || placed.document.isTemplate) return undefined;
  for (const object of placed.document.objects) {
    const { node } = object.kind === 'Cluster' ? rootField(object.root).at('metadata', 'annotations', RESTORE_ANNOTATION) : { node: undefined };
    const at = offset - placed.start;
    if (node?.type === 'scalar' && typeof node.value === 'string' && node.start < at && at <= node.end) return { object, node, text: placed.document.text, start: placed.start };
  }
  return undefined;
}

function suggestions(cursor: JsonCursor, object: ManifestObject, file: ManifestFile, context: AssistContext): readonly Suggestion[] {
  const { path, part, siblings } = cursor;
  if (part === 'key') {
    const keys = path.length === 0 ? components(object) : path.length === 1 ? entryKeys(context) : [];
    return keys.filter(({ value }) => !siblings.has(String(value)));
  }
  return path.length === 2 ? entryValues(path[1] ?? '', siblings, object, file, context) : [];
}

function components({ root }: ManifestObject): readonly Suggestion[] {
  const spec = rootField(root).at('spec');
  const names = ['componentSpecs', 'shardings', 'shardingSpecs'].flatMap((list) => spec.at(list).items.flatMap((item) => item.at('name').text ?? []));
  return names.map((value) => ({ value, kind: 'reference', detail: l10n.t('component of this cluster') }));
}

/** Those that the line reads, needed ones first. */
function entryKeys({ dialect }: AssistContext): readonly Suggestion[] {
  const at = LINES.indexOf(dialect.line);
  return Object.entries(RESTORE_ENTRY_KEYS)
    .filter(([, since]) => LINES.indexOf(since) <= at)
    .map(([value]) => ({ value, kind: 'field', detail: value === 'name' || value === 'namespace' ? l10n.t('{0}, required', l10n.t('text')) : l10n.t('text') }));
}

function entryValues(key: string, siblings: ReadonlyMap<string, string>, object: ManifestObject, file: ManifestFile, context: AssistContext): readonly Suggestion[] {
  const around = surroundingsOf(file, context.facts);
  const given = siblings.get('namespace');
  const inNamespace = around.all('Backup', given === undefined || given === '' ? object.namespace : given);
  switch (key) {
    case 'name':
      return objectValues('Backup', { ...inNamespace, facts: inNamespace.facts.filter(isRestorable) }, object, context);
    case 'namespace':
      return namespaces(around.all('Backup', undefined).facts, siblings.get('name'));
    case 'volumeRestorePolicy':
      return [{ value: 'Parallel', kind: 'enum', detail: 'default' }, { value: 'Serial', kind: 'enum' }];
    case 'doReadyRestoreAfterClusterRunning':
      return [{ value: 'false', kind: 'enum', detail: 'default' }, { value: 'true', kind: 'enum' }];
    case 'restoreTime':
      return lastInstant(inNamespace.facts.find(({ object: { metadata } }) => metadata.name === siblings.get('name')));
    default:
      return [];
  }
}

/** What is only written may be completed by then. */
function isRestorable({ object, origin }: Fact): boolean {
  const backup = object as Backup;
  return origin.kind !== 'cluster' || backupType(backup) === 'Continuous' || (isEnded(backup) && backup.status?.phase === 'Completed');
}

function namespaces(facts: readonly Fact[], name: string | undefined): readonly Suggestion[] {
  const named = facts.filter(({ object }) => object.metadata.name === name);
  const known = new Map((named.length > 0 ? named : facts).flatMap(({ object, origin }) => (object.metadata.namespace === undefined ? [] : [[object.metadata.namespace, origin] as const])));
  return [...known].map(([value, origin]) => ({ value, kind: 'reference', detail: originDetail(origin) }));
}

function lastInstant(log: Fact | undefined): readonly Suggestion[] {
  const end = (log?.object as Backup | undefined)?.status?.timeRange?.end;
  return log === undefined || end === undefined ? [] : [{ value: end, kind: 'value', detail: l10n.t('end of the log, {0}', originDetail(log.origin)) }];
}

/** JSON as it stands in a scalar of this style. */
function written(text: string, { isQuoted, isClosed, part, hasColon }: JsonCursor, style: ScalarNode['style']): string {
  const json = isQuoted ? `${text}${isClosed ? '' : '"'}` : `"${text}"`;
  const whole = part === 'key' && !hasColon && !(isQuoted && isClosed) ? `${json}: ` : json;
  return style === 'double' ? whole.replace(/["\\]/g, '\\$&') : style === 'single' ? whole.replaceAll('\'', '\'\'') : whole;
}
