/** A quoted text, a comment, a bracket, a word, or a sign by itself. */
const TOKEN = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'|(?<=\s)#[^\n]*|[^\s{}[\],:]+|[^]/y;

/**
 * The text with the lines of flow collections joined, each sign where it was: within braces and brackets kubectl looks at
 * no indentation (libyaml: `flow_level`), as the parser does. Collections that are not closed, or indented by tabs, stay.
 * @param starts where collections open
 */
export function joinFlows(text: string, starts: readonly number[]): string {
  let joined = text;
  let done = 0;
  for (const start of starts) {
    const flow = start < done ? undefined : joinFlow(text, start);
    if (flow === undefined) continue;
    done = start + flow.length;
    joined = joined.slice(0, start) + flow + joined.slice(done);
  }
  return joined;
}

function joinFlow(text: string, start: number): string | undefined {
  let depth = 0;
  let flow = '';
  for (TOKEN.lastIndex = start; ; ) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined || (token === '\t' && /\n\s*$/.test(text.slice(start, start + flow.length)))) return undefined;
    flow += token.startsWith('#') ? ' '.repeat(token.length) : /[\r\n]/.test(token) && token.length === 1 ? ' ' : token;
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return flow;
  }
}
