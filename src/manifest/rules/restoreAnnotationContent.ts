import * as l10n from '@vscode/l10n';
import type { Severity } from '../../kubeblocks/finding';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { isUtcTime } from '../../kubeblocks/restoreTimeGrammar';
import { readEmbeddedJson } from '../embeddedJson';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { namesMeant, nearestName } from '../nearestName';
import { entryOf, type MapEntry, type MapNode, type YamlNode } from '../yaml/node';
import { RESTORE_ANNOTATION } from './restoreAnnotation';
import { componentNames } from './componentNames';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/controller/plan/restore.go DoRestore, initFromAnnotation: map[string]map[string]string; restoreEnv and restoreParameters are JSON lists, and the policy goes into a Restore whose CRD has an enum
 * @see seen on 1.0: another value than text gives a Cluster without a phase; an unknown component is ignored, and the cluster starts empty
 */
export const restoreAnnotationContent: Rule = {
  code: 'KB-R002',
  severity: 'error',
  title: 'Restore annotation that KubeBlocks cannot follow',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1'],
  kinds: ['Cluster'],
  check(context) {
    const annotation = context.annotation(RESTORE_ANNOTATION);
    const json = readEmbeddedJson(annotation);
    if (json === undefined) return;
    if (json.fault !== undefined) {
      context.report(annotation, l10n.t('This annotation is no JSON: the cluster is not created.'), { within: json.fault });
    } else if (json.root?.type !== 'map') {
      context.report(annotation, l10n.t('This annotation must be a JSON object with an entry for each component: the cluster is not created.'));
    } else {
      for (const entry of json.root.entries) checkComponent(entry, json.root, annotation, context);
    }
  },
};

function checkComponent({ key, keySpan, value }: MapEntry, root: MapNode, annotation: Field, context: RuleContext): void {
  const names = componentNames(context);
  if (names !== undefined && !names.includes(key)) {
    context.report(annotation, l10n.t('{0} is no component of this cluster (it has {1}): KubeBlocks ignores the entry, and the component starts empty.', key, names.join(', ')), { within: keySpan, fixes: context.changesTo(annotation, namesMeant(key, names.filter((name) => entryOf(root, name) === undefined)), keySpan) });
  }
  if (value.type !== 'map') {
    context.report(annotation, l10n.t('The entry of {0} must be a JSON object: the cluster is not created.', key), { within: value });
    return;
  }
  for (const field of value.entries) checkSetting(field, value, annotation, context);
  for (const name of ['name', 'namespace']) {
    if (entryOf(value, name) !== undefined) continue;
    context.report(annotation, l10n.t('The entry of {0} has no {1}: the cluster stays Creating for ever.', key, name), { within: keySpan, fixes: name === 'namespace' ? namespaceFix(value, annotation, context) : [] });
  }
}

/** A backup lies where its cluster was, and a restored cluster mostly goes there too. */
function namespaceFix({ entries }: MapNode, { path }: Field, { object }: RuleContext): readonly Fix[] {
  const at = entries.at(-1)?.value.end;
  const { namespace } = object;
  if (at === undefined || namespace === undefined) return [];
  const edit = { kind: 'setValue', object, path, value: `,"namespace":${JSON.stringify(namespace)}`, within: { start: at, end: at } } as const;
  return [{ title: l10n.t('Set {0}: {1}', 'namespace', namespace), edits: [edit] }];
}

/** Keys that the controller reads, with the line that brought each. */
export const RESTORE_ENTRY_KEYS: Readonly<Record<string, KubeBlocksLine>> = {
  name: '0.7',
  namespace: '0.7',
  volumeRestorePolicy: '0.7',
  restoreTime: '0.7',
  connectionPassword: '0.7',
  doReadyRestoreAfterClusterRunning: '0.8',
  restoreEnv: '0.9',
  restoreParameters: '0.9',
  encryptedSystemAccounts: '0.9',
};

function checkSetting({ key, keySpan, value }: MapEntry, map: MapNode, annotation: Field, context: RuleContext): void {
  if (!isText(value)) {
    context.report(annotation, l10n.t('{0} must be text: another value makes the whole annotation unreadable, and the cluster is not created. Put it in quotes.', key), { within: value, fixes: context.changesTo(annotation, [quoted(value, annotation)], value) });
    return;
  }
  if (!Object.hasOwn(RESTORE_ENTRY_KEYS, key)) {
    const nearest = nearestName(key, Object.keys(RESTORE_ENTRY_KEYS));
    if (nearest !== undefined) context.report(annotation, l10n.t('{0} means nothing here; did you mean {1}? KubeBlocks ignores it.', key, nearest), { within: keySpan, severity: 'warning', fixes: context.changesTo(annotation, entryOf(map, nearest) === undefined ? [nearest] : [], keySpan) });
  } else {
    const fault = FAULTS[key]?.(value.value);
    if (fault !== undefined) context.report(annotation, fault.message, { within: value, severity: fault.severity, fixes: context.changesTo(annotation, namesMeant(value.value, fault.values ?? []), value) });
  }
}

interface Fault {
  readonly message: string;
  readonly severity: Severity;
  /** All that are allowed, where they are few. */
  readonly values?: readonly string[];
}

/** What is wrong with a setting's text, by its key. An empty text is as none. */
const FAULTS: Readonly<Record<string, (text: string) => Fault | undefined>> = {
  restoreTime: (text) =>
    isUtcTime(text)
      ? undefined
      : error(l10n.t('"{0}" is no time in UTC like 2026-11-23T09:58:00Z: the restore is refused, and the cluster stays Creating for ever.', text)),
  volumeRestorePolicy: (text) =>
    ['', 'Parallel', 'Serial'].includes(text)
      ? undefined
      : { ...error(l10n.t('"{0}" is not allowed for volumeRestorePolicy (Parallel or Serial): the restore is refused, and the cluster stays Creating for ever.', text)), values: ['Parallel', 'Serial'] },
  doReadyRestoreAfterClusterRunning: (text) =>
    ['', 'true', 'false'].includes(text)
      ? undefined
      : { message: l10n.t('"{0}" counts as false: only "true" makes the restore wait for the whole cluster.', text), severity: 'warning', values: ['true', 'false'] },
  restoreEnv: (text) => (isListText(text) ? undefined : error(notAList('restoreEnv'))),
  restoreParameters: (text) => (isListText(text) ? undefined : error(notAList('restoreParameters'))),
};

function error(message: string): Fault {
  return { message, severity: 'error' };
}

function notAList(key: string): string {
  return l10n.t('{0} must be the text of a JSON list of names and values: another one is unreadable, and the cluster stays Creating for ever.', key);
}

/** As Go reads a list: `null` is an empty one. */
function isListText(text: string): boolean {
  try {
    const value: unknown = text === '' ? [] : JSON.parse(text);
    return value === null || Array.isArray(value);
  } catch {
    return false;
  }
}

/** A text that says the same; of a list, of JSON too, as the controller reads it. */
function quoted({ start, end }: YamlNode, { text }: Field): string | undefined {
  const written = text?.slice(start, end);
  return written === 'null' ? undefined : written;
}

function isText(node: YamlNode): node is YamlNode & { type: 'scalar'; value: string } {
  return node.type === 'scalar' && typeof node.value === 'string';
}
