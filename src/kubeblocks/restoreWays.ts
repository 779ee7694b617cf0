import * as l10n from '@vscode/l10n';
import type { Inventory } from './inventory';
import type { KubeBlocksLine } from './kinds';

/** How a restore into a new cluster is asked for. */
export type RestoreWay = 'opsRequest' | 'annotation' | 'spec';

/**
 * What the spoken line understands, the portable way first. The annotation is silently ignored from 1.2 on, `spec.restore`
 * dropped before (the cluster would start empty either way), so each is offered on its own lines alone.
 */
export function restoreWays(line: KubeBlocksLine | undefined): RestoreWay[] {
  switch (line) {
    case undefined:
    case '0.7':
    case '0.8':
      return [];
    case '0.9':
    case '1.0':
    case '1.1':
      return ['opsRequest', 'annotation'];
    case '1.2':
      return ['opsRequest', 'spec'];
  }
}

/**
 * The way in which the new cluster is written here, and so may differ from the one that was backed up. Not on 0.9, whose
 * clusters have an older form: they are made as they were.
 */
export function writtenWay(line: KubeBlocksLine | undefined): RestoreWay | undefined {
  return line === '0.9' ? undefined : restoreWays(line).find((way) => way !== 'opsRequest');
}

/** Why nothing can be restored on a line without a way, what can be done there, and what to do. */
export function noWayText({ context, line }: Pick<Inventory, 'context' | 'line'>): string {
  return line === undefined
    ? l10n.t('Nothing can be restored in {0}: its KubeBlocks version is not known yet. Wait until it is connected, then try again.', context)
    : l10n.t('Nothing can be restored in {0} from here: it runs KubeBlocks {1}, whose restore requests are of another kind. Looking, backing up, deleting and diagnosing work. Upgrade KubeBlocks to 1.0 or newer, or restore with its own kbcli.', context, line);
}
