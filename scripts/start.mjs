import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBundle, ensurePackage } from './setup/bundle.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';
import { ensureWorkbench } from './setup/workbench.mjs';
import { findDesktop } from './workbench/desktop.mjs';
import { hostEnvironment } from './workbench/hostEnvironment.mjs';
import { openAddress } from './workbench/openAddress.mjs';
import { startPlayground } from './workbench/playground.mjs';
import { start } from './workbench/process.mjs';
import { sampleWorkspace } from './workbench/sampleWorkspace.mjs';
import { installExtension, startServer, workbenchAddress } from './workbench/server.mjs';

/**
 * `npm start`: sets up what is missing, then a playground and VS Code on it, until Ctrl-C.
 * `-- --no-open` prints the address and opens nothing.
 */
await runMain(async () => {
  requireNodeVersion();
  const { values } = parseArgs({ options: { 'no-open': { type: 'boolean', default: false } } });
  await ensureDependencies();
  await ensureBundle();
  const desktop = values['no-open'] ? undefined : findDesktop();
  if (!desktop) {
    await ensureWorkbench();
    await ensurePackage();
  }

  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-start-'));
  const interrupted = untilInterrupted();
  /** @type {{ name: string, ended: Promise<string>, stop(): Promise<void>, output(): string }[]} */
  const running = [];
  try {
    const kubeconfig = path.join(scratch, 'kubeconfig.yaml');
    const playground = await startPlayground({ kubeconfig });
    running.unshift({ name: 'The playground', ...playground });
    const place = { folder: sampleWorkspace(scratch), scratch, env: hostEnvironment({ KUBECONFIG: kubeconfig }) };
    const editor = desktop ? startDesktop(desktop, place) : await startWorkbench(place);
    running.unshift({ name: 'VS Code', ...editor });

    const opened = editor.address === undefined || (!values['no-open'] && (await openAddress(editor.address)));
    sayWhatRuns({ playground: playground.address, kubeconfig, folder: place.folder, editor: editor.address, opened });
    return await untilOver(running, interrupted);
  } finally {
    for (const each of running) await each.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** @typedef {{ folder: string, scratch: string, env: NodeJS.ProcessEnv }} Place */

/**
 * @param {string} program
 * @param {Place} place
 */
function startDesktop(program, { folder, scratch, env }) {
  const args = [
    ...['--user-data-dir', path.join(scratch, 'user'), '--extensions-dir', path.join(scratch, 'extensions')],
    ...[`--extensionDevelopmentPath=${ROOT}`, '--new-window', '--skip-welcome', '--disable-workspace-trust'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    folder,
  ];
  return { ...start('VS Code', program, args, { env }), address: undefined };
}

/** @param {Place} place */
async function startWorkbench({ folder, scratch, env }) {
  const tools = await ensureWorkbench();
  const vsix = await ensurePackage();
  const folders = { data: path.join(scratch, 'server'), extensions: path.join(scratch, 'extensions') };
  await installExtension({ tools, vsix, ...folders });
  const token = randomBytes(16).toString('hex');
  const server = await startServer({ tools, ...folders, env, token });
  return { ...server, address: workbenchAddress(server.authority, folder, { token }) };
}

/** @param {{ playground: string, kubeconfig: string, folder: string, editor: string | undefined, opened: boolean }} what */
function sayWhatRuns({ playground, kubeconfig, folder, editor, opened }) {
  say(`
  VS Code            ${editor ?? 'a window of its own'}${editor === undefined || opened ? '' : '   <- open this in a browser'}
  Playground         ${playground}, a simulated KubeBlocks cluster
  Its kubeconfig     ${kubeconfig}
  Sample workspace   ${folder}

Click the KubeBlocks Backup icon at the left edge, open a cluster, and choose "Back Up Now…" beside it.
Ctrl-C ends everything.`);
}

/** @returns {Promise<void>} from here on nothing else ends this process; resolves at the first Ctrl-C, SIGTERM or closed terminal; later ones change nothing */
function untilInterrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
}

/**
 * @param {readonly { name: string, ended: Promise<string>, output(): string }[]} running
 * @param {Promise<void>} interrupted
 * @returns {Promise<number>} the exit code
 */
async function untilOver(running, interrupted) {
  const deaths = running.map(async ({ name, ended, output }) => ({ name, how: await ended, output }));
  const first = await Promise.race([interrupted, ...deaths]);
  if (!first) return 0;
  const failed = first.how !== 'exit code 0';
  if (failed) say(first.output().trim().split('\n').slice(-5).join('\n'));
  say(`${first.name} ended (${first.how}), so the rest ends too.`);
  return failed ? 1 : 0;
}
