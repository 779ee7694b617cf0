import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from '../setup/command.mjs';
import { SetupError } from '../setup/setupError.mjs';
import { start } from './process.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {{ node: string, server: string }} tools what `ensureWorkbench` gave
 * @property {string} data folder for the server's own state
 * @property {string} extensions folder of installed extensions
 * @property {NodeJS.ProcessEnv} env what the extension host and its terminals see
 * @property {string} [token] what a browser must know to get in; without one anybody on this machine may
 * @property {boolean} [restricted] asks whether a folder is trusted, and opens it in Restricted Mode until it is
 * @property {Record<string, unknown>} [settings] of the person, beside those that keep it quiet
 * @property {boolean} [testing] reads `extensionDevelopmentPath` and `extensionTestsPath` from the page's address
 */

/**
 * Starts VS Code as a server on a free port of 127.0.0.1.
 * @param {ServerOptions} options
 */
export async function startServer(options) {
  const args = [
    options.tools.server,
    ...['--host', '127.0.0.1', '--port', '0'],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    ...['--server-data-dir', options.data, '--extensions-dir', options.extensions],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    ...(options.testing ? ['--enable-smoke-test-driver'] : []),
  ];
  keepQuiet(options.data, options.settings);
  const server = start('VS Code', options.tools.node, args, { env: options.env });
  try {
    const [, port] = await server.printed(/agent (?:host )?listening on (\d+)/i, 60_000);
    return { ...server, authority: `127.0.0.1:${port}` };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * What a VS Code opened for the first time would put in the way: a welcome page, a chat, a second side bar.
 * @param {string} data
 * @param {Record<string, unknown>} [more]
 */
function keepQuiet(data, more) {
  const folder = path.join(data, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  const settings = { 'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'chat.disableAIFeatures': true, ...more };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/**
 * The address that opens a folder.
 * @param {string} authority
 * @param {string} folder
 * @param {{ token?: string, payload?: Record<string, string> }} [options] payload: paths by the name VS Code gives them
 */
export function workbenchAddress(authority, folder, options = {}) {
  const query = new URLSearchParams();
  if (options.token !== undefined) query.set('tkn', options.token);
  query.set('folder', folder);
  if (options.payload) {
    const remote = Object.entries(options.payload).map(([key, file]) => [key, encodeURI(`vscode-remote://${authority}${file}`)]);
    query.set('payload', JSON.stringify(remote));
  }
  return `http://${authority}/?${query.toString()}`;
}

/**
 * Installs a .vsix where a server started with the same folder finds it.
 * @param {{ tools: { node: string, server: string }, data: string, extensions: string, vsix: string }} options
 */
export async function installExtension({ tools, data, extensions, vsix }) {
  const args = [tools.server, '--install-extension', vsix, '--force', '--server-data-dir', data, '--extensions-dir', extensions];
  const { code, output } = await capture(tools.node, [...args, '--accept-server-license-terms']);
  if (code !== 0) throw new SetupError(`${vsix} could not be installed in VS Code: ${output.trim().split('\n').at(-1)}`);
}
