/**
 * The programs that run for this process. None outlives it, however it ends but for SIGKILL.
 * @typedef {object} Running
 * @property {(signal: NodeJS.Signals) => void} send
 * @property {Promise<unknown>} ended
 */

/** How long (ms) a program that was told to end may take, before it is killed. */
const PATIENCE = 10_000;

/** @type {Set<Running>} */
const running = new Set();
process.on('exit', () => running.forEach(({ send }) => send('SIGKILL')));

/** Counts a program until it has ended. @param {Running} program */
export function keepTrack(program) {
  running.add(program);
  void program.ended.then(() => running.delete(program));
}

/** The same, of a child process. @param {import('node:child_process').ChildProcess} child */
export function keepTrackOf(child) {
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  keepTrack({ send: (signal) => void child.kill(signal), ended });
}

/** Ends every program, by force where it does not end when told. Resolves when all are gone. */
export async function endRunning() {
  const all = [...running];
  for (const { send } of all) send('SIGTERM');
  const patience = setTimeout(() => all.forEach(({ send }) => send('SIGKILL')), PATIENCE);
  await Promise.all(all.map(({ ended }) => ended));
  clearTimeout(patience);
}
