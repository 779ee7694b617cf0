import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mustRun, npm } from './command.mjs';
import { ROOT, TOOLS, say } from './project.mjs';

/** The npm package that holds VS Code 1.139.1 as a server for the browser. */
const CODE_SERVER = 'code-server@4.139.1';
/** The Node that this server needs, as npm packages it for each platform. */
const NODE_VERSION = '24.21.0';
const CURE = 'Check the network, or put a desktop VS Code ("code") on the PATH, and run the command again.';

/**
 * VS Code as a server, and the Node it runs on, in .tools.
 * @returns {Promise<{ node: string, server: string }>}
 */
export async function ensureWorkbench() {
  return { node: await ensureServerNode(), server: await ensureServer() };
}

async function ensureServer() {
  const folder = path.join(TOOLS, CODE_SERVER.replace('@', '-'));
  const vscode = path.join('lib', 'vscode');
  await ensureFolder(folder, async (making) => {
    say('Installing VS Code for the browser (about 600 MB, once)…');
    await unpack(CODE_SERVER, making);
    await npm('VS Code for the browser could not be installed', CURE, ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: path.join(making, vscode),
    });
  });
  return path.join(folder, vscode, 'out', 'server-main.js');
}

async function ensureServerNode() {
  if (Number(process.versions.node.split('.')[0]) === 24) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = path.join(TOOLS, `node-${NODE_VERSION}`);
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  await ensureFolder(folder, async (making) => {
    say(`Installing Node ${NODE_VERSION} for it…`);
    await unpack(`node-${platform}-${process.arch}@${NODE_VERSION}`, making);
  });
  if (process.platform !== 'win32') chmodSync(binary, 0o755);
  return binary;
}

/**
 * Makes a folder whole or not at all: what was broken off before is begun anew.
 * @param {string} folder
 * @param {(making: string) => Promise<void>} fill
 */
async function ensureFolder(folder, fill) {
  if (existsSync(folder)) return;
  const making = `${folder}.part`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  await fill(making);
  renameSync(making, folder);
}

/**
 * Fetches one npm package without its dependencies or scripts; npm checks its integrity.
 * @param {string} spec
 * @param {string} folder
 */
async function unpack(spec, folder) {
  const output = await npm(`${spec} could not be fetched`, CURE, ['pack', spec, '--silent', '--pack-destination', folder], { cwd: ROOT });
  const archive = output.trim().split('\n').at(-1) ?? '';
  await mustRun(`${spec} could not be unpacked`, 'Is "tar" on the PATH?', 'tar', ['-xzf', archive, '--strip-components=1'], { cwd: folder });
  rmSync(path.join(folder, archive));
}
