import { spawn } from 'node:child_process';
import { keepTrack } from '../setup/running.mjs';
import { SetupError } from '../setup/setupError.mjs';

/**
 * A program that runs until it is stopped.
 * @typedef {object} RunningProcess
 * @property {Promise<string>} ended resolves to why it ended, as words ("exit code 1", "SIGKILL")
 * @property {() => Promise<void>} stop ends it and what it started; resolves when it is gone
 * @property {() => string} output what it printed so far
 * @property {(pattern: RegExp, timeoutMs: number) => Promise<RegExpExecArray>} printed waits for a line of its output
 */

/**
 * Starts a program as the head of a process group of its own, so that `stop` reaches its children too.
 * None outlives this process.
 * @param {string} name what a message calls it
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {RunningProcess}
 */
export function start(name, program, args, options = {}) {
  const grouped = process.platform !== 'win32';
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: grouped });
  let text = '';
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const collect = (/** @type {Buffer} */ chunk) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  let over = false;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  }).then((how) => {
    over = true;
    return /** @type {string} */ (how);
  });

  /** @param {NodeJS.Signals} signal */
  const signalGroup = (signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(grouped ? -child.pid : child.pid, signal);
    } catch {
      // Already gone.
    }
  };

  keepTrack({ send: signalGroup, ended });

  return {
    ended,
    output: () => text,
    async stop() {
      signalGroup('SIGTERM');
      if (!over) await Promise.race([ended, delay(5000)]);
      signalGroup('SIGKILL');
      await ended;
    },
    printed: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(text);
          if (found) settle(() => resolve(found));
        };
        const timer = setTimeout(() => settle(() => reject(new SetupError(`${name} was not ready within ${timeoutMs / 1000} s.${lastWords(text)}`))), timeoutMs);
        const settle = (/** @type {() => void} */ finish) => {
          clearTimeout(timer);
          listeners.delete(look);
          finish();
        };
        listeners.add(look);
        void ended.then((how) => settle(() => reject(new SetupError(`${name} ended before it was ready (${how}).${lastWords(text)}`))));
        look();
      }),
  };
}

/** @param {string} output */
function lastWords(output) {
  const lines = output.trim().split('\n').slice(-5);
  return lines.join('') === '' ? '' : ` It said:\n${lines.join('\n')}`;
}

/** @param {number} ms */
export function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
