import type { Field } from './field';
import type { Span, YamlNode } from './yaml/node';
import { parseYaml } from './yaml/parseYaml';

export interface EmbeddedJson {
  /** Places count in the text value; undefined where the text is no JSON. */
  readonly root: YamlNode | undefined;
  readonly error: { readonly message: string; readonly within: Span } | undefined;
}

/** JSON that stands as text in a field (an annotation), with places. */
export function readEmbeddedJson(field: Field): EmbeddedJson | undefined {
  const { text } = field;
  if (text === undefined) return undefined;
  try {
    JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { root: undefined, error: { message: error.message.replace(/ \(line.*$/, ''), within: errorSpan(error.message, text) } };
  }
  // JSON is YAML, and this parser keeps places.
  return { root: parseYaml(text).root, error: undefined };
}

/** V8 says `… at position 12`, or that the end came too early. */
function errorSpan(message: string, text: string): Span {
  const position = /position (\d+)/.exec(message)?.[1];
  const start = position === undefined ? Math.max(0, text.trimEnd().length - 1) : Math.min(Number(position), Math.max(0, text.length - 1));
  return { start, end: Math.min(start + 1, text.length) };
}
