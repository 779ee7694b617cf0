import { spawn } from 'node:child_process';
import { ROOT } from './project.mjs';
import { keepTrackOf } from './running.mjs';
import { SetupError } from './setupError.mjs';

/**
 * Runs a program to its end and gives what it printed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program is not there
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      shell: options.shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    keepTrackOf(child);
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program that must succeed.
 * @param {string} purpose what fails when it fails, as the start of a sentence: "The dependencies could not be installed"
 * @param {string} cure what a person can do about it, as a sentence
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 */
export async function mustRun(purpose, cure, program, args, options) {
  const { code, output } = await capture(program, args, options);
  if (code !== 0) throw new SetupError(`${purpose}: ${lastWords(output)} ${cure}`);
  return output;
}

/**
 * Runs npm: the one that runs this script, else the one on the PATH.
 * @param {string} purpose
 * @param {string} cure
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function npm(purpose, cure, args, options = {}) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return mustRun(purpose, cure, process.execPath, [script, ...args], options);
  return mustRun(purpose, cure, 'npm', args, { ...options, shell: process.platform === 'win32' });
}

/** The most telling line of a failed program's output, as a sentence. @param {string} output */
function lastWords(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => !line.startsWith('go: downloading '));
  const isTelling = (/** @type {string} */ text) => /\bE[A-Z]{3,}\b/.test(text) || /\b(error|cannot|unable|denied|failed|not found)\b/i.test(text);
  const line =
    lines.find((text) => isTelling(text) && !text.startsWith('code ')) ??
    lines.findLast((text) => text !== '') ??
    'it gave no reason';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
