import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBundle, ensureEditorTests } from '../setup/bundle.mjs';
import { OUT, ROOT } from '../setup/project.mjs';
import { ensureWorkbench } from '../setup/workbench.mjs';
import { launchBrowser } from './browser.mjs';
import { hostEnvironment } from './hostEnvironment.mjs';
import { startPlayground } from './playground.mjs';
import { delay } from './process.mjs';
import { sampleWorkspace } from './sampleWorkspace.mjs';
import { startServer, workbenchAddress } from './server.mjs';

/** Long enough for a slow machine, short enough that a hanging host does not hold up a build for ever. */
const LIMIT_MS = 6 * 60_000;

/**
 * Runs a module inside the extension host of a fresh VS Code that has this extension under development and a
 * playground in its kubeconfig, or what another kubeconfig names. It is over when the module has left its record.
 * @param {object} options
 * @param {string} options.suite the module below test/, as `support/extensionHostSuite`
 * @param {string} options.record the file that it leaves
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.kubeconfig] instead of a playground's
 * @param {readonly string[]} [options.installed] folders of extensions that are installed beside it
 */
export async function runInExtensionHost({ suite, record, env: extra = {}, kubeconfig: given, installed = [] }) {
  const tools = await ensureWorkbench();
  await ensureBundle();
  await ensureEditorTests();
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-editor-'));
  for (const folder of installed) cpSync(folder, path.join(scratch, 'extensions', path.basename(folder)), { recursive: true });
  const kubeconfig = given ?? path.join(scratch, 'kubeconfig.yaml');
  const playground = given === undefined ? await startPlayground({ kubeconfig, speed: 10, users: true }) : undefined;
  const env = hostEnvironment({
    KUBECONFIG: kubeconfig,
    ...(playground && { KUBEBLOCKS_PLAYGROUND: JSON.stringify({ address: playground.address, token: playground.token }) }),
    KUBEBLOCKS_TEST_RECORD: record,
    ...extra,
  });
  /** @type {{ stop(): Promise<void> }[]} */
  const running = playground ? [playground] : [];
  const over = new AbortController();
  try {
    const server = await startServer({ tools, data: path.join(scratch, 'server'), extensions: path.join(scratch, 'extensions'), env, testing: true });
    running.unshift(server);
    const browser = await launchBrowser();
    running.unshift({ stop: () => browser.close() });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const heard = listen(page);
    await page.goto(
      workbenchAddress(server.authority, sampleWorkspace(scratch), {
        payload: { extensionDevelopmentPath: ROOT, extensionTestsPath: path.join(OUT, 'test', `${suite}.js`) },
      }),
    );
    const how = await Promise.race([
      waitForFile(record, over.signal),
      server.ended.then((reason) => `VS Code ended (${reason})`),
      ...(playground ? [playground.ended.then((reason) => `the playground ended (${reason})`)] : []),
      delay(LIMIT_MS).then(() => `nothing was heard of them for ${LIMIT_MS / 60_000} minutes`),
    ]);
    if (how !== 'done' || JSON.parse(readFileSync(record, 'utf8')).failed?.length > 0) await keepEvidence(page, heard);
    if (how !== 'done') throw new Error(`The editor tests did not end: ${how}. What VS Code said is in out/editor-console.txt.\n${heard.slice(-20).join('\n')}`);
  } finally {
    over.abort();
    for (const each of running) await each.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {import('playwright-core').Page} page */
function listen(page) {
  /** @type {string[]} */
  const heard = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`page error: ${error.message}`));
  return heard;
}

/**
 * @param {import('playwright-core').Page} page
 * @param {readonly string[]} heard
 */
async function keepEvidence(page, heard) {
  mkdirSync(OUT, { recursive: true });
  writeFileSync(path.join(OUT, 'editor-console.txt'), `${heard.join('\n')}\n`);
  await page.screenshot({ path: path.join(OUT, 'editor-failed.png') }).catch(() => undefined);
}

/**
 * @param {string} file
 * @param {AbortSignal} signal
 */
async function waitForFile(file, signal) {
  while (!existsSync(file) && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 100));
  return 'done';
}
