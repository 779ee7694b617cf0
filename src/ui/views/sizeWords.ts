import { bytesText, parseBytes } from '../../kubeblocks/bytes';
import { memoiseBy } from '../../kubeblocks/memoise';
import type { Backup } from '../../kubeblocks/objects';

/** The sum of what the backups say they hold; nothing when none says. A list is added up once. */
export const sizeWords: (backups: readonly Backup[]) => readonly string[] = memoiseBy(
  (backups) => [backups],
  (backups) => {
    const sum = backups.reduce((total, { status }) => total + (parseBytes(status?.totalSize) ?? 0), 0);
    return sum === 0 ? [] : [bytesText(sum)];
  },
);
