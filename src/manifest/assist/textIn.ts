import { nodeAt, type Path } from '../manifestPath';
import type { YamlNode } from '../yaml/node';

/** The text at a path; undefined where there is none, or something else. */
export function textIn(root: YamlNode | undefined, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
