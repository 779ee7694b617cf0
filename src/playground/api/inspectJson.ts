import { badRequest } from '../store/statusErrors';

/** Far more than any object of Kubernetes has, and few enough for code that walks an object by calling itself. */
const DEEPEST = 500;

/**
 * Counts the keys of what a client sent, at every depth, before anything else looks at it. Throws 400 for what is nested
 * so deep that a walk would run out of stack, and for a key `__proto__`, which would change what an object is.
 */
export function inspectJson(value: unknown): number {
  let keys = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > DEEPEST) throw badRequest(`exceeded max depth: objects are nested more than ${DEEPEST} levels deep`);
    const isList = Array.isArray(next.value);
    for (const [key, part] of Object.entries(next.value)) {
      if (!isList) keys += 1;
      if (key === '__proto__') throw badRequest('the key "__proto__" is not taken');
      open.push({ value: part, depth: next.depth + 1 });
    }
  }
  return keys;
}
