import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { say } from './project.mjs';

/**
 * @typedef {object} HeldLane
 * @property {string} kubeconfig a file
 * @property {() => Promise<void>} stop
 */

/**
 * Starts something and keeps it until Ctrl-C, with its kubeconfig in a file of its own meanwhile. Ends this process when it
 * is stopped while it starts: what was started by then ends with it.
 *
 * @template {HeldLane} L
 * @param {() => Promise<L>} start
 * @param {string} file where the kubeconfig is laid
 * @returns {Promise<L>} what was kept, and is stopped now
 */
export async function holdLane(start, file) {
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  const lane = await Promise.race([start(), stopped.then(() => undefined)]);
  if (lane === undefined) return process.exit(130);
  const kubeconfig = path.resolve(file);
  // A signal that is awaited keeps no process.
  const alive = setInterval(() => undefined, 60_000);
  try {
    mkdirSync(path.dirname(kubeconfig), { recursive: true });
    copyFileSync(lane.kubeconfig, kubeconfig);
    say(`export KUBECONFIG=${kubeconfig}`);
    say('Its contexts are administrator, viewer, developer and nobody. Ctrl-C ends everything.');
    await stopped;
  } finally {
    clearInterval(alive);
    await lane.stop();
    rmSync(kubeconfig, { force: true });
  }
  return lane;
}
