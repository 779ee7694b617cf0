import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A key that changes when a file below `paths` is added, removed or written.
 * @param {string} root
 * @param {readonly string[]} paths files and folders relative to `root`; one that is not there counts as empty
 */
export function keyOf(root, paths) {
  const hash = createHash('sha256');
  for (const each of paths) visit(path.join(root, each));
  return hash.digest('hex');

  /** @param {string} file */
  function visit(file) {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (!stat.isDirectory()) {
      hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`);
      return;
    }
    for (const entry of readdirSync(file).sort()) visit(path.join(file, entry));
  }
}

/**
 * Does `work` unless it was done before for the same key.
 * @param {string} file where the key of the last time is kept
 * @param {string} key
 * @param {string} result what the work makes; done again when it is gone
 * @param {() => Promise<void>} work
 */
export async function onceFor(file, key, result, work) {
  if (readStamp(file) === key && existsSync(result)) return;
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, key);
}

/** @param {string} file */
function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
