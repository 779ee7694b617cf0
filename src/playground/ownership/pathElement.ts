import { marshal } from '../admission/goText';

/**
 * One step of a path as `fieldsV1` writes it (structured-merge-diff, fieldpath/serialize-pe.go): `f:name` a field,
 * `k:{"name":"x"}` the item of a list with this key, `v:"x"` the item of a set.
 */
export type PathElement = string;

export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

export function keyElement(key: Readonly<Record<string, unknown>>): PathElement {
  return `k:${marshal(key)}`;
}

export function valueElement(value: unknown): PathElement {
  return `v:${marshal(value)}`;
}

/** Fields first, then keys, then values. */
export function compareElements(a: PathElement, b: PathElement): number {
  const byKind = KINDS.indexOf(a.charAt(0)) - KINDS.indexOf(b.charAt(0));
  if (byKind !== 0) return byKind;
  return a < b ? -1 : a > b ? 1 : 0;
}

const KINDS = 'fkvi';

/** `.spec`, `[name="x"]`, `[="x"]`. */
export function elementText(element: PathElement): string {
  const content = element.slice(2);
  switch (element.charAt(0)) {
    case 'f':
      return `.${content}`;
    case 'v':
      return `[=${content}]`;
    case 'k':
      return `[${Object.entries(JSON.parse(content) as object).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
    default:
      return `[${content}]`;
  }
}
