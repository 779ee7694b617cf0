import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../setup/project.mjs';
import { keepTrackOf } from '../setup/running.mjs';

/**
 * Runs test files in plain Node, straight from the sources. What mocha prints goes to the terminal.
 *
 * `atOnce`: how many files run beside each other, each in a process of its own; one after another in one process when absent.
 * `within`: a program, with its arguments, that runs mocha.
 * @param {{ files: readonly string[], record: string, grep?: string, timeoutMs?: number, atOnce?: number, reporter?: string, within?: readonly string[], env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>} what happened is in the record; without one, mocha itself failed
 */
export async function runMocha({ files, record, grep, timeoutMs = 60_000, atOnce, reporter = 'test/support/laneReporter.ts', within = [], env = {} }) {
  const [program = process.execPath, ...args] = [
    ...within,
    process.execPath,
    // For node itself: mocha would start another process, which does not end with this one.
    '--import=tsx',
    path.join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--exit', '--reporter', reporter, '--timeout', String(timeoutMs)],
    ...(atOnce === undefined ? [] : ['--parallel', '--jobs', String(atOnce)]),
    ...(grep ? ['--grep', grep] : []),
    ...files,
  ];
  await new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env, KUBEBLOCKS_TEST_RECORD: record },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    keepTrackOf(child);
    child.once('error', resolve);
    child.once('exit', resolve);
  });
}
