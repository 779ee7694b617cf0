import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from '../setup/browser.mjs';
import { ensureBundle, ensurePackage } from '../setup/bundle.mjs';
import { ensureWorkbench } from '../setup/workbench.mjs';
import { hostEnvironment } from '../workbench/hostEnvironment.mjs';
import { startPlayground } from '../workbench/playground.mjs';
import { sampleWorkspace } from '../workbench/sampleWorkspace.mjs';
import { installExtension, startServer, workbenchAddress } from '../workbench/server.mjs';
import { runMocha } from './mocha.mjs';
import { suitesOfFailed, withSecondTry } from './secondTry.mjs';

/**
 * Installs the packed extension in a fresh VS Code, connected to a playground, and drives it through a browser.
 * A second VS Code does not trust the folder, a third runs the extension in the browser's worker. The tests find the way in `KUBEBLOCKS_WORKBENCH`
 * (`WorkbenchSettings` in test/support/workbench.ts).
 *
 * VS Code moves the focus and hides messages when it likes, which on a slow machine is between two keys of a test. The suites
 * of a few failures are tried once more, in a VS Code and a playground of their own; what passes then is told.
 * @param {{ record: string, grep?: string }} options
 */
export function runWorkbenchLane(options) {
  return withSecondTry('workbench', options, driveWorkbench, suitesOfFailed);
}

/** @param {{ record: string, grep?: string }} options */
async function driveWorkbench(options) {
  const tools = await ensureWorkbench();
  const browser = await ensureBrowser();
  await ensureBundle();
  const vsix = await ensurePackage();
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-workbench-'));
  const kubeconfig = path.join(scratch, 'kubeconfig.yaml');
  const folders = { data: path.join(scratch, 'server'), extensions: path.join(scratch, 'extensions') };
  /** @type {{ stop(): Promise<void> }[]} */
  const running = [];
  try {
    await installExtension({ tools, vsix, ...folders });
    const playground = await startPlayground({ kubeconfig, speed: 10, users: true });
    running.unshift(playground);
    const env = hostEnvironment({ KUBECONFIG: kubeconfig });
    const server = await startServer({ tools, ...folders, env });
    running.unshift(server);
    const wary = await startServer({ tools, ...folders, data: path.join(scratch, 'wary'), env, restricted: true });
    running.unshift(wary);
    const inBrowser = { 'remote.extensionKind': { 'kubeblocks-backup.kubeblocks-backup': ['web'] } };
    const web = await startServer({ tools, ...folders, data: path.join(scratch, 'web'), env, settings: inBrowser });
    running.unshift(web);
    const folder = sampleWorkspace(scratch);
    const workbench = {
      address: workbenchAddress(server.authority, folder),
      restricted: workbenchAddress(wary.authority, folder),
      web: workbenchAddress(web.authority, folder),
      folder,
      browser,
      kubeconfig,
      extensions: folders.extensions,
      playground: { address: playground.address, token: playground.token },
    };
    await runMocha({
      ...options,
      files: ['test/workbench/**/*.test.ts'],
      timeoutMs: 180_000,
      env: { KUBEBLOCKS_WORKBENCH: JSON.stringify(workbench) },
    });
  } finally {
    for (const each of running) await each.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
