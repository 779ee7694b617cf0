/** A quoted text, a comment, a bracket, a word, or a sign by itself. */
const TOKEN = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'|(?<=\s)#[^\n]*|[^\s{}[\],:]+|[^]/y;

/**
 * The text with the lines of flow collections joined, each sign where it was: within braces and brackets kubectl looks at
 * no indentation (libyaml: `flow_level`), as the parser does. Collections that are not closed, or indented by tabs, stay.
 * @param starts where collections open
 */
export function joinFlows(text: string, starts: readonly number[]): string {
  let joined = '';
  let done = 0;
  // An open bracket is followed to the end of the text: of many, not each.
  let left = 4 * text.length;
  for (const start of starts) {
    if (start < done || left < 0) continue;
    const { flow, read } = joinFlow(text, start);
    left -= read;
    if (flow === undefined) continue;
    joined += text.slice(done, start) + flow;
    done = start + flow.length;
  }
  return joined + text.slice(done);
}

function joinFlow(text: string, start: number): { readonly flow?: string; readonly read: number } {
  let depth = 0;
  let flow = '';
  let isAtMargin = false;
  for (TOKEN.lastIndex = start; ; ) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined || (token === '\t' && isAtMargin)) return { read: flow.length };
    const isBreak = token === '\n' || token === '\r';
    isAtMargin = isBreak || (isAtMargin && token.trim() === '');
    flow += token.startsWith('#') ? ' '.repeat(token.length) : isBreak ? ' ' : token;
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return { flow, read: flow.length };
  }
}
