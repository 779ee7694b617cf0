import type { Field } from './field';
import type { Span, YamlNode } from './yaml/node';
import { parseYaml } from './yaml/parseYaml';

export interface EmbeddedJson {
  /** Places count in the text value; undefined where the text is no JSON. */
  readonly root: YamlNode | undefined;
  /** Where it stops being JSON, as far as that can be told. */
  readonly fault: Span | undefined;
}

/** JSON that stands as text in a field (an annotation), with places. JSON is YAML, and that parser keeps places. */
export function readEmbeddedJson(field: Field): EmbeddedJson | undefined {
  const { text } = field;
  if (text === undefined) return undefined;
  const { root, faults } = parseYaml(text);
  if (isJson(text)) return { root, fault: undefined };
  const [fault] = faults;
  return { root: undefined, fault: fault === undefined || fault.end === fault.start ? { start: 0, end: text.length } : fault };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
