import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture } from './command.mjs';
import { say } from './project.mjs';
import { SetupError } from './setupError.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'chrome', 'msedge'];

const USUAL_PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].flatMap((folder) =>
    folder ? [path.join(folder, 'Google/Chrome/Application/chrome.exe'), path.join(folder, 'Microsoft/Edge/Application/msedge.exe')] : [],
  ),
};

/**
 * A Chromium, Chrome or Edge for the tests to drive: `KUBEBLOCKS_TEST_BROWSER`, an installed one, else Debian's own
 * where this may be installed.
 * @returns {Promise<string>} the program's path
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const reason = await installChromium();
  const installed = findBrowser();
  if (installed) return installed;
  throw new SetupError(
    `There is no browser to drive VS Code with: ${reason} Install Chromium, Chrome or Edge, or set KUBEBLOCKS_TEST_BROWSER to one, and run the command again.`,
  );
}

/** @returns {string | undefined} */
export function findBrowser() {
  const named = process.env.KUBEBLOCKS_TEST_BROWSER;
  if (named) return existsSync(named) ? named : undefined;
  const usual = process.platform === 'darwin' || process.platform === 'win32' ? USUAL_PLACES[process.platform] : [];
  return findOnPath(NAMES) ?? usual.find((file) => existsSync(file));
}

/**
 * The first of these programs that is on the PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))))
    .find((file) => existsSync(file));
}

/** @returns {Promise<string>} why it did not work, as a sentence; empty when it did */
async function installChromium() {
  if (process.env.KUBEBLOCKS_TEST_BROWSER) return 'KUBEBLOCKS_TEST_BROWSER names a file that is not there.';
  if (!findOnPath(['apt-get'])) return 'none was found, and this set-up can install one on Debian and Ubuntu only.';
  if (process.getuid?.() !== 0) return 'none was found, and installing one needs root.';
  say('Installing Chromium (apt-get)…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await capture('apt-get', ['update'], { env });
  const { code, output } = await capture('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
  return code === 0 ? '' : `apt-get could not install one (${output.trim().split('\n').at(-1) ?? 'no reason given'}).`;
}
