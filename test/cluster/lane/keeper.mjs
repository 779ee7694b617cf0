import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The process that all programs of one cluster belong to. It is led over its IPC channel, in a process group of its own,
 * and outlives whoever led it just long enough to end every program and remove the cluster's folder, where it is told of one.
 *
 * @typedef {import('./programs.js').Order} Order
 * @typedef {import('./programs.js').StartOrder} StartOrder
 * @typedef {import('./programs.js').Report} Report
 */

const [folder] = process.argv.slice(2);
// From now on it is of use for as long as this process runs (`abandonedFolders.ts`).
if (folder !== undefined) writeFileSync(path.join(folder, 'holder.pid'), String(process.pid));
/** @type {Map<string, import('node:child_process').ChildProcess>} */
const running = new Map();
let ending = false;
/** Ends a program with this process even when nobody is left to end it (`PR_SET_PDEATHSIG`): Linux, with util-linux. */
const BOUND = process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0 ? ['setpriv', '--pdeathsig', 'KILL'] : [];

process.on('message', (message) => {
  const order = /** @type {Order} */ (message);
  if ('start' in order) start(order.start);
  else if ('kill' in order) running.get(order.kill)?.kill('SIGKILL');
  else void end();
});
process.once('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());

/** @param {StartOrder} launch */
function start({ name, program, args, env, log, cwd }) {
  if (ending) return;
  const output = openSync(log, 'a');
  const [command = program, ...rest] = [...BOUND, program, ...args];
  const child = spawn(command, rest, { env, cwd, stdio: ['ignore', output, output] });
  closeSync(output);
  running.set(name, child);
  const gone = (/** @type {number | null} */ code, /** @type {string | null} */ signal) => {
    if (running.get(name) === child) running.delete(name);
    report({ exited: name, code, signal });
  };
  child.once('error', () => gone(127, null));
  child.once('exit', gone);
  report({ started: name, pid: child.pid });
}

/** Nothing here is kept, so nothing needs time to end well: an API server would wait a minute for its watches. */
async function end() {
  if (ending) return;
  ending = true;
  await Promise.all(
    [...running.values()].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve);
          if (!child.kill('SIGKILL')) resolve(undefined);
        }),
    ),
  );
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

/** @param {Report} message */
function report(message) {
  if (process.connected) process.send?.(message, () => undefined);
}
