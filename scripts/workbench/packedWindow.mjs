import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from '../setup/browser.mjs';
import { ensureBundle, ensurePackage } from '../setup/bundle.mjs';
import { ensureWorkbench } from '../setup/workbench.mjs';
import { hostEnvironment } from './hostEnvironment.mjs';
import { sampleWorkspace } from './sampleWorkspace.mjs';
import { installExtension, startServer, workbenchAddress } from './server.mjs';

/**
 * A VS Code with the packed extension, connected to what a kubeconfig says, for a test to open in a browser
 * (`Workbench.open`). `stop` ends it and removes its files.
 * @param {string} kubeconfig as text
 */
export async function startPackedWindow(kubeconfig) {
  const tools = await ensureWorkbench();
  const browser = await ensureBrowser();
  await ensureBundle();
  const vsix = await ensurePackage();
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-window-'));
  const remove = () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  const folders = { data: path.join(scratch, 'server'), extensions: path.join(scratch, 'extensions') };
  const file = path.join(scratch, 'kubeconfig.yaml');
  try {
    writeFileSync(file, kubeconfig, { mode: 0o600 });
    await installExtension({ tools, vsix, ...folders });
    const server = await startServer({ tools, ...folders, env: hostEnvironment({ KUBECONFIG: file }) });
    const stop = async () => {
      await server.stop();
      remove();
    };
    return { address: workbenchAddress(server.authority, sampleWorkspace(scratch)), browser, stop };
  } catch (error) {
    remove();
    throw error;
  }
}
