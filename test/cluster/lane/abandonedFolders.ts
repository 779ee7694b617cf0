import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folders of clusters begin, below the folder for temporary files. */
export const FOLDER_PREFIX = 'kubeblocks-cluster-';
/** Names the process without which a cluster's folder is of no use: who makes it, then its keeper, which writes its own. */
const HOLDER = 'holder.pid';

/** Says that this process makes the folder. */
export function holdFolder(folder: string): void {
  writeFileSync(join(folder, HOLDER), String(process.pid));
}

/** Removes what clusters left whose keeper was killed together with the process that started them. Gives the folders. */
export function removeAbandonedFolders(below = tmpdir()): readonly string[] {
  const names = readdirSync(below).filter((name) => name.startsWith(FOLDER_PREFIX));
  const abandoned = names.map((name) => join(below, name)).filter(isAbandoned);
  for (const folder of abandoned) rmSync(folder, { recursive: true, force: true });
  return abandoned;
}

function isAbandoned(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, HOLDER), 'utf8')), 0);
    return false;
  } catch (error) {
    // Without the file, or somebody else's: not known.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
