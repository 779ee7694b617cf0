import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
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
 * Like `keyOf`, but changes only when a file's text or name does: for work too dear to be done again after a checkout.
 * @param {string} root
 * @param {readonly string[]} paths
 */
export function contentKeyOf(root, paths) {
  const hash = createHash('sha256');
  for (const each of paths) visit(each);
  return hash.digest('hex');

  /** @param {string} name relative to `root` */
  function visit(name) {
    const stat = statSync(path.join(root, name), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const entry of readdirSync(path.join(root, name)).sort()) visit(path.join(name, entry));
    } else if (stat) {
      const text = readFileSync(path.join(root, name));
      hash.update(`${name}\0${text.length}\0`).update(text);
    }
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
  if (isDone(file, key, result)) return;
  await work();
  mkdirSync(path.dirname(file), { recursive: true });
  // A new file: a copy of this folder that shares its files by hard links has not got the result.
  writeFileSync(`${file}.part`, key);
  renameSync(`${file}.part`, file);
}

/**
 * Whether `onceFor` would have nothing to do.
 * @param {string} file
 * @param {string} key
 * @param {string} result
 */
export function isDone(file, key, result) {
  return readStamp(file) === key && existsSync(result);
}

/** @param {string} file */
function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
