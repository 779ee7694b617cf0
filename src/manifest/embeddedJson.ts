import type { Field } from './field';
import { jsonFault } from './jsonFault';
import type { Span, YamlNode } from './yaml/node';
import { parseYaml } from './yaml/parseYaml';

export interface EmbeddedJson {
  /** Places count in the text value; undefined where the text is no JSON. */
  readonly root: YamlNode | undefined;
  /** Where it stops being JSON. */
  readonly fault: Span | undefined;
}

/** JSON that stands as text in a field (an annotation), with places. JSON is YAML, and that parser keeps places. */
export function readEmbeddedJson(field: Field): EmbeddedJson | undefined {
  const { text } = field;
  if (text === undefined) return undefined;
  return isJson(text) ? { root: parseYaml(text).root, fault: undefined } : { root: undefined, fault: jsonFault(text) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
