import { nodeAt } from './manifestPath';
import type { YamlNode } from './yaml/node';

/**
 * Whether a document is one of Helm's (or another tool's with its braces). Braces in a text say nothing: scripts and
 * storage providers hold them. Braces that break the YAML do, and braces in what must be a name.
 */
export function isTemplate(text: string, root: YamlNode | undefined, isBroken: boolean): boolean {
  if (!text.includes('{{')) return false;
  return isBroken || ['name', 'namespace', 'generateName'].some((key) => hasBraces(nodeAt(root, ['metadata', key])));
}

function hasBraces(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && typeof node.value === 'string' && node.value.includes('{{');
}
