import type { YamlNode } from './yaml/node';

/** The plain value, as JSON would have it. */
export function nodeValue(node: YamlNode): unknown {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(nodeValue);
    case 'map': {
      const result: Record<string, unknown> = {};
      for (const { key, value, merged } of node.entries) {
        if (merged !== true || !Object.hasOwn(result, key)) setField(result, key, nodeValue(value));
      }
      return result;
    }
  }
}

/** To assign to `__proto__` would change the prototype. */
export function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

/** A plain value as a node without places: of objects that no text holds. */
export function valueNode(value: unknown): YamlNode {
  const span = { start: 0, end: 0 };
  if (Array.isArray(value)) return { type: 'list', flow: false, items: value.map(valueNode), ...span };
  if (typeof value === 'object' && value !== null) {
    const given = Object.entries(value).filter(([, field]) => field !== undefined);
    return { type: 'map', flow: false, entries: given.map(([key, field]) => ({ key, keySpan: span, value: valueNode(field) })), ...span };
  }
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { type: 'scalar', value: scalar, style: typeof scalar === 'string' ? 'double' : 'plain', ...span };
}
