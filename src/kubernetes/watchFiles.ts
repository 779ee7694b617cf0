import { watchFile, unwatchFile, type Stats } from 'node:fs';

/** How often (ms) files are looked at. Polling also sees files on network drives and those that tools replace. */
const INTERVAL = 2_000;

/** Calls the listener after a file was written, made or removed. Returns how to stop. Keeps no process alive. */
export function watchFiles(files: readonly string[], listener: () => void, onFailure: (file: string) => void): () => void {
  const changed = (now: Stats, before: Stats): void => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size || now.ino !== before.ino) {
      listener();
    }
  };
  const watched = files.filter((file) => {
    try {
      watchFile(file, { interval: INTERVAL, persistent: false }, changed);
      return true;
    } catch {
      onFailure(file);
      return false;
    }
  });
  return () => watched.forEach((file) => unwatchFile(file, changed));
}
