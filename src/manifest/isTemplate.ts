import { nodeAt } from './manifestPath';
import type { YamlNode } from './yaml/node';

/**
 * Whether a document is one of Helm's (or another tool's with its braces), or has variables that Flux or envsubst puts in.
 * Braces in a text say nothing: scripts and storage providers hold them. Double braces that break the YAML do, and either
 * in what must be a name.
 */
export function isTemplate(text: string, root: YamlNode | undefined, isBroken: boolean): boolean {
  const hasDouble = text.includes('{{');
  if (!hasDouble && !text.includes('${')) return false;
  return (hasDouble && isBroken) || ['name', 'namespace', 'generateName'].some((key) => hasBraces(nodeAt(root, ['metadata', key])));
}

/** Whether braces stand in the line of a fault, or in the one before, which may have led to it. */
export function hasBracesNear(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const from = text.lastIndexOf('\n', lineStart - 2) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(from, end < 0 ? text.length : end).includes('{{');
}

function hasBraces(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && typeof node.value === 'string' && /\{\{|\$\{/.test(node.value);
}
