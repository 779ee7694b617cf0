const COMPILED = new Map<string, RegExp>();

/** Nested repetition, which backtracking engines may take for ever on, as the same set of texts without it. */
const LINEAR: Readonly<Record<string, string>> = {
  '^([a-zA-Z0-9-_]+/?)*$': '^(?:[a-zA-Z0-9_-]+(?:/[a-zA-Z0-9_-]+)*/?)?$',
};

/** A pattern of a CRD, which is Go's: without the `u` flag, under which some of KubeBlocks' are illegal. `$` is the end of the text. */
export function compilePattern(pattern: string): RegExp {
  const known = COMPILED.get(pattern);
  if (known !== undefined) return known;
  const compiled = compile(LINEAR[pattern] ?? pattern);
  COMPILED.set(pattern, compiled);
  return compiled;
}

/** What only Go can read judges nothing. */
function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    if (error instanceof SyntaxError) return /(?:)/;
    throw error;
  }
}
