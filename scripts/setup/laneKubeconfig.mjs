import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SetupError } from './setupError.mjs';

/** What the lanes call their cluster in a kubeconfig. */
const CLUSTER = 'cluster-lane';
const OWNER_ONLY = 0o600;

/** Refuses a file that holds something else than a lane's kubeconfig: it would be lost. @param {string} file */
export function requireLaneKubeconfig(file) {
  if (existsSync(file) && !isOfALane(readFileSync(file, 'utf8'))) throw new SetupError(`The kubeconfig cannot be written: ${file} holds something else. Give another file with --kubeconfig.`);
}

/**
 * Writes a lane's kubeconfig for its owner alone.
 * @param {string} file
 * @param {string} text
 * @returns {() => void} takes it away, unless another lane has written its own there since
 */
export function layKubeconfig(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: OWNER_ONLY });
  chmodSync(file, OWNER_ONLY);
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) rmSync(file);
  };
}

/** @param {string} text */
function isOfALane(text) {
  try {
    const clusters = parse(text)?.clusters;
    return text.trim() === '' || (Array.isArray(clusters) && clusters.every((each) => each?.name === CLUSTER));
  } catch {
    return false;
  }
}
