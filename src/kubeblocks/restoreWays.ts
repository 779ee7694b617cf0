import type { KubeBlocksLine } from './kinds';

/** How a restore into a new cluster is asked for. */
export type RestoreWay = 'opsRequest' | 'annotation';

/**
 * What the spoken line understands, the portable way first. The annotation is silently ignored from 1.2 on (the cluster
 * would start empty), so it is not offered there.
 */
export function restoreWays(line: KubeBlocksLine | undefined): RestoreWay[] {
  switch (line) {
    case undefined:
    case '0.7':
    case '0.8':
    case '0.9':
      return [];
    case '1.0':
    case '1.1':
      return ['opsRequest', 'annotation'];
    case '1.2':
      return ['opsRequest'];
  }
}
