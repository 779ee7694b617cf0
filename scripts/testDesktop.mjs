import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRecord, recordFile } from './lanes/record.mjs';
import { ensureBundle, ensureEditorTests } from './setup/bundle.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { OUT, ROOT, TOOLS, say } from './setup/project.mjs';
import { SetupError, runMain } from './setup/setupError.mjs';
import { findDesktop } from './workbench/desktop.mjs';
import { startPlayground } from './workbench/playground.mjs';
import { sampleWorkspace } from './workbench/sampleWorkspace.mjs';

/**
 * `npm run test:desktop`: test/editor in desktop VS Code, through @vscode/test-electron. By default the oldest VS Code
 * that package.json promises and the newest, both downloaded; where that fails the installed one.
 * `VSCODE_EXECUTABLE_PATH` names another.
 */
await runMain(async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  requireNodeVersion();
  delete process.env.ELECTRON_RUN_AS_NODE;
  await ensureDependencies();
  await ensureBundle();
  await ensureEditorTests();
  const total = { passed: 0, failed: 0 };
  for (const { name, program } of await desktops()) {
    const { passed, failed } = await runSuite(name, program);
    total.passed += passed;
    total.failed += failed;
  }
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/** @returns {Promise<{ name: string, program: string }[]>} */
async function desktops() {
  const named = process.env.VSCODE_EXECUTABLE_PATH;
  if (named) return [{ name: named, program: named }];
  try {
    return [await download(oldestSupported()), await download('stable')];
  } catch (error) {
    const installed = findDesktop();
    if (installed) return [{ name: installed, program: installed }];
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(
      `There is no desktop VS Code to test in: it could not be downloaded (${reason}) and none is installed. Install VS Code, or set VSCODE_EXECUTABLE_PATH to its program; "npm test" runs the same tests in VS Code for the browser.`,
    );
  }
}

/** @param {string} version */
async function download(version) {
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  const program = await downloadAndUnzipVSCode({ version, cachePath: path.join(TOOLS, 'desktop'), reporter: new SilentReporter() });
  return { name: `VS Code ${version}`, program };
}

/** The version of `engines.vscode`, without its caret. */
function oldestSupported() {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return engines.vscode.replace(/^[^\d]*/, '');
}

/**
 * @param {string} name
 * @param {string} program
 */
async function runSuite(name, program) {
  const { runTests } = await import('@vscode/test-electron');
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-desktop-'));
  const kubeconfig = path.join(scratch, 'kubeconfig.yaml');
  const record = recordFile('desktop');
  const playground = await startPlayground({ kubeconfig, speed: 10, users: true });
  let reason = 'it left no result';
  try {
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(OUT, 'test', 'support', 'extensionHostSuite.js'),
      launchArgs: [
        sampleWorkspace(scratch),
        ...['--user-data-dir', path.join(scratch, 'user'), '--extensions-dir', path.join(scratch, 'extensions')],
        ...['--disable-workspace-trust', '--skip-welcome'],
      ],
      extensionTestsEnv: {
        KUBECONFIG: kubeconfig,
        KUBEBLOCKS_PLAYGROUND: JSON.stringify({ address: playground.address, token: playground.token }),
        KUBEBLOCKS_TEST_RECORD: record,
      },
    });
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  } finally {
    await playground.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  const result = readRecord(record);
  if (!result) throw new SetupError(`The editor tests could not run in ${name}: ${reason}.`);
  for (const { title, error } of result.failed) say(`${name}: FAILED ${title}\n${error}`);
  say(`${name}: ${result.passed.length} passed, ${result.failed.length} failed`);
  return { passed: result.passed.length, failed: result.failed.length };
}
