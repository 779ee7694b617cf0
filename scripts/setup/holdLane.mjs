import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { INTERRUPTED } from './interruptible.mjs';
import { layKubeconfig, requireLaneKubeconfig } from './laneKubeconfig.mjs';
import { say } from './project.mjs';

/**
 * @typedef {object} HeldLane
 * @property {string} kubeconfig a file
 * @property {() => Promise<void>} stop
 */

/**
 * Starts something and keeps it until it is told to stop, with its kubeconfig in a file of its own meanwhile. Ends this
 * process when it is told so while it starts: what was started by then ends with it.
 *
 * @template {HeldLane} L
 * @param {() => Promise<L>} start
 * @param {string} file where the kubeconfig is laid
 * @param {AbortSignal} signal tells it to stop
 * @returns {Promise<L>} what was kept, and is stopped now
 */
export async function holdLane(start, file, signal) {
  const kubeconfig = path.resolve(file);
  requireLaneKubeconfig(kubeconfig);
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const lane = await Promise.race([start(), stopped.then(() => undefined)]);
  if (lane === undefined) return process.exit(INTERRUPTED);
  // A signal that is awaited keeps no process.
  const alive = setInterval(() => undefined, 60_000);
  const remove = layKubeconfig(kubeconfig, readFileSync(lane.kubeconfig, 'utf8'));
  // Also when somebody does not wait for the rest.
  process.once('exit', remove);
  try {
    say(`export KUBECONFIG=${kubeconfig}`);
    say('Its contexts are administrator, viewer, developer and nobody. Ctrl-C ends everything.');
    await stopped;
  } finally {
    clearInterval(alive);
    await lane.stop();
    remove();
  }
  return lane;
}
