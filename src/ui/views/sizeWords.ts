import { bytesText, parseBytes } from '../../kubeblocks/bytes';
import type { Backup } from '../../kubeblocks/objects';

const BYTES = new WeakMap<Backup, number>();

/** The sum of what the backups say they hold; nothing when none says. Each backup's size is read once. */
export function sizeWords(backups: readonly Backup[]): readonly string[] {
  let sum = 0;
  for (const backup of backups) {
    const bytes = BYTES.get(backup) ?? parseBytes(backup.status?.totalSize) ?? 0;
    BYTES.set(backup, bytes);
    sum += bytes;
  }
  return sum === 0 ? [] : [bytesText(sum)];
}
