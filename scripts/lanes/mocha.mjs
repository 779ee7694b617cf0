import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../setup/project.mjs';

/**
 * Runs test files in plain Node, straight from the sources. What mocha prints goes to the terminal.
 * @param {{ files: readonly string[], record: string, grep?: string, timeoutMs?: number, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>} what happened is in the record; without one, mocha itself failed
 */
export async function runMocha({ files, record, grep, timeoutMs = 60_000, env = {} }) {
  const args = [
    path.join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--node-option', 'import=tsx', '--exit', '--reporter', 'test/support/laneReporter.ts', '--timeout', String(timeoutMs)],
    ...(grep ? ['--grep', grep] : []),
    ...files,
  ];
  await new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env, KUBEBLOCKS_TEST_RECORD: record },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', resolve);
    child.once('exit', resolve);
  });
}
