import type { Parameter } from '../../kubeblocks/objects';
import { ANNOTATIONS } from '../../kubeblocks/labels';
import { readEmbeddedJson } from '../embeddedJson';
import { entryOf, type YamlNode } from '../yaml/node';
import { opsRestore, restoreUses, type RestoreUse, type WrittenText } from './restoreUses';
import type { RuleContext } from './ruleContext';

/** A parameter for the action set, where it is written. */
export interface WrittenParameter extends Parameter {
  readonly nameText: WrittenText;
  readonly valueText: WrittenText;
}

/** What a restore gives to the action set of its backup. */
export interface RestoreWithParameters {
  readonly use: RestoreUse;
  readonly parameters: readonly WrittenParameter[];
}

export function restoresWithParameters(context: RuleContext): readonly RestoreWithParameters[] {
  return restoreUses(context).map((use) => ({ use, parameters: parametersOf(use, context) })).filter(({ parameters }) => parameters.length > 0);
}

function parametersOf(use: RestoreUse, context: RuleContext): readonly WrittenParameter[] {
  const { object, spec, line } = context;
  switch (object.kind) {
    case 'OpsRequest':
      return ofList(opsRestore(context)?.at('parameters').items ?? []);
    case 'Restore':
      return ofList(spec.at('parameters').items);
    case 'Cluster':
      return line === '1.2' ? ofMap(context) : ofAnnotation(use, context);
    default:
      return [];
  }
}

function ofList(items: readonly ReturnType<RuleContext['spec']['at']>[]): readonly WrittenParameter[] {
  return items.flatMap((item) => {
    const [name, value] = [item.at('name'), item.at('value')];
    return name.text === undefined || value.text === undefined ? [] : [{ name: name.text, value: value.text, nameText: { text: name.text, field: name }, valueText: { text: value.text, field: value } }];
  });
}

/** `spec.restore.parameters`: keys with a domain are for KubeBlocks itself. */
function ofMap({ spec }: RuleContext): readonly WrittenParameter[] {
  return spec.at('restore', 'parameters').entries.flatMap(({ key, field }) => {
    if (key.includes('/') || field.text === undefined) return [];
    return [{ name: key, value: field.text, nameText: { text: key, field }, valueText: { text: field.text, field } }];
  });
}

/** `restoreParameters` is JSON in a text of the annotation's JSON: all of them stand where that text does. */
function ofAnnotation({ component }: RestoreUse, context: RuleContext): readonly WrittenParameter[] {
  const annotation = context.annotation(ANNOTATIONS.restoreFromBackup);
  const root = readEmbeddedJson(annotation)?.root;
  const entry = root?.type === 'map' && component !== undefined ? entryOf(root, component)?.value : undefined;
  const text = entry?.type === 'map' ? entryOf(entry, 'restoreParameters')?.value : undefined;
  if (text?.type !== 'scalar' || typeof text.value !== 'string') return [];
  const place = placeOf(text, annotation);
  return parsed(text.value).map(({ name, value }) => ({ name, value, nameText: { text: name, ...place }, valueText: { text: value, ...place } }));
}

function placeOf(node: YamlNode, field: WrittenText['field']): Pick<WrittenText, 'field' | 'within'> {
  return { field, within: { start: node.start, end: node.end } };
}

function parsed(text: string): readonly Parameter[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isParameter) : [];
  } catch {
    return [];
  }
}

function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && 'name' in value && 'value' in value && typeof value.name === 'string' && typeof value.value === 'string';
}
