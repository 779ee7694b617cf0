import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { recordFile } from './lanes/record.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureBundle, ensurePackage } from './setup/bundle.mjs';
import { mustRun } from './setup/command.mjs';
import { ensureClusterPrograms, missingForCluster } from './setup/clusterPrograms.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { requireNodeVersion } from './setup/nodeVersion.mjs';
import { ROOT, say } from './setup/project.mjs';
import { runMain } from './setup/setupError.mjs';
import { ensureWorkbench } from './setup/workbench.mjs';
import { findYamlLanguageServer } from './setup/yamlLanguageServer.mjs';
import { runInExtensionHost } from './workbench/extensionHost.mjs';
import { hostEnvironment } from './workbench/hostEnvironment.mjs';
import { startPlayground } from './workbench/playground.mjs';
import { start } from './workbench/process.mjs';
import { sampleWorkspace } from './workbench/sampleWorkspace.mjs';
import { installExtension, startServer, workbenchAddress } from './workbench/server.mjs';

/** Keys of `test/bench/manifests.ts`, with the target at 1,000 documents. @type {readonly (readonly [string, string, number | undefined])[]} */
const MANIFESTS = [
  ['cold', 'opened', 200],
  ['keystroke', 'keystroke', 1],
  ['completion', 'completion', 5],
  ['hover', 'hover', undefined],
  ['memoryMb', 'memory', 70],
];

/** What `test/bench/typing.ts` measures, with the target at 1,000 documents. @type {readonly (readonly [string, string, number | undefined])[]} */
const TYPED = [
  ['opened', 'opened, to its problems', undefined],
  ['stall', 'longest stall meanwhile', undefined],
  ['stallCpu', 'processor time of the longest turn', 16],
  ['edits', 'edit to problems', 70],
  ['completions', 'completion', 20],
];

/** What `test/bench/lint.ts` measures, with the target where all is in one file. @type {readonly (readonly [string, string, number | undefined])[]} */
const LINTED = [
  ['nothing', 'Node, which does nothing', undefined],
  ['1000', 'lint of 1,000 documents', 200],
  ['1000 in files', 'the same in 125 files', undefined],
  ['10000', 'lint of 10,000 documents', 1500],
  ['10000 in files', 'the same in 1,250 files', undefined],
];

/** `npm run bench`: the numbers beside their targets; `-- --real` those on a real API server alone, `-- --manifests` those of the manifest service, `-- --timeline` those of the timeline in VS Code. Asserts nothing. */
await runMain(async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  requireNodeVersion();
  await ensureDependencies();
  await ensureBundle();
  const { node } = await ensureWorkbench();
  if (process.argv.includes('--real')) {
    await benchRealServer(node);
    return;
  }
  if (process.argv.includes('--manifests')) {
    await benchManifests(node);
    return;
  }
  if (process.argv.includes('--timeline')) {
    await benchTimeline(node);
    return;
  }
  const load = await times(11, () => json(node, ['test/bench/loadExtension.cjs']));
  const list = await times(5, () => json(node, ['--expose-gc', '--import', 'tsx', 'test/bench/listBackups.ts']));
  const work = await json(node, ['--import', 'tsx', 'test/bench/work.ts']);
  const window = await json(node, ['--import', 'tsx', 'test/bench/window.ts']);
  const vsix = statSync(await ensurePackage()).size;
  const activations = await times(3, activation);
  const playground = await times(7, () => playgroundReady(node));
  const playgroundHere = await times(7, () => playgroundReady(process.execPath));
  say('                                         median     least');
  table([
    ['module load of the extension', numbers(load, 'ms'), 15, 'ms'],
    ['read before a cluster is touched', numbers(load, 'bytes').map((bytes) => bytes / 1024), 250, 'KB'],
    ['activation in VS Code', numbers(activations, 'ms'), 50, 'ms'],
    ['an empty extension, just before it', numbers(activations, 'emptyMs'), undefined, 'ms'],
    ['playground ready', numbers(playground, 'ms'), 300, 'ms'],
    [`the same by Node ${process.versions.node}`, numbers(playgroundHere, 'ms'), undefined, 'ms'],
    ['10,000 backups shown', numbers(list, 'shownMs'), 1000, 'ms'],
    ['their first page shown', numbers(list, 'firstMs'), undefined, 'ms'],
    ['processor time of all', numbers(list, 'cpuMs'), undefined, 'ms'],
    ['longest stall meanwhile', numbers(list, 'stallMs'), 16, 'ms'],
    ['processor time of the longest turn', numbers(list, 'stallCpuMs'), 16, 'ms'],
    ['heap kept for them', numbers(list, 'keptMb'), 20, 'MB'],
    ['recovery window of them, 20 logs', numbers([window], 'recovery window, after an event'), 5, 'ms'],
    ['the same when nothing changed', numbers([window], 'recovery window, nothing changed'), 5, 'ms'],
    ['their timeline, made and sent', numbers([window], 'timeline made'), 300, 'ms'],
    ['one step of its cursor, at most', numbers([window], 'timeline step'), 16, 'ms'],
    ['lineage of one of them', numbers([window], 'lineage'), undefined, 'ms'],
    ['packed extension', [vsix / 1024], 600, 'KB'],
  ]);
  say('');
  say(`Work in one turn over 10,000 backups; ${(os.loadavg()[0] ?? 0).toFixed(1)} programs wanted one of ${os.availableParallelism()} processors meanwhile.`);
  table(Object.entries(work).map(([what, ms]) => [what, [ms], what.startsWith('parse of all') ? undefined : 16, 'ms']));
  await benchTimeline(node);
  await benchManifests(node);
  await benchRealServer(node);
});

/**
 * The packed extension in VS Code, in a browser, on a cluster with 10,000 backups and 20 log backups.
 * @param {string} node
 */
async function benchTimeline(node) {
  const tools = await ensureWorkbench();
  const browser = await ensureBrowser();
  const vsix = await ensurePackage();
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-bench-'));
  const [kubeconfigFile, folders] = [path.join(scratch, 'kubeconfig.yaml'), { data: path.join(scratch, 'server'), extensions: path.join(scratch, 'extensions') }];
  /** @type {{ stop(): Promise<void> }[]} */
  const running = [];
  try {
    const api = start('The API server', node, ['--import', 'tsx', 'test/bench/backupServer.ts', '10000', '20'], { cwd: ROOT });
    running.unshift(api);
    const [line] = await api.printed(/^\{.*"kubeconfig".*\}$/m, 60_000);
    writeFileSync(kubeconfigFile, JSON.parse(line).kubeconfig);
    await installExtension({ tools, vsix, ...folders });
    const server = await startServer({ tools, ...folders, env: hostEnvironment({ KUBECONFIG: kubeconfigFile }) });
    running.unshift(server);
    /** @type {Record<string, number[]>} */
    const found = await json(node, ['--import', 'tsx', 'test/bench/timelinePage.ts', workbenchAddress(server.authority, sampleWorkspace(scratch)), browser]);
    say('');
    say(`The timeline of 10,000 backups and 20 logs in VS Code, in a browser; ${(os.loadavg()[0] ?? 0).toFixed(1)} programs wanted one of ${os.availableParallelism()} processors meanwhile. VS Code makes a webview's frames in between.`);
    table([
      ['from the command to its first picture', found.again ?? [], 300, 'ms'],
      ['of it after VS Code made a frame', found.ofPage ?? [], undefined, 'ms'],
      ['the first time, with its code to read', found.first ?? [], undefined, 'ms'],
      ['a step, from the key to its picture', found.painted ?? [], undefined, 'ms'],
      ['what of it is work', found.work ?? [], 16, 'ms'],
    ]);
  } finally {
    for (const each of running) await each.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The service by itself, in VS Code, as a program, and as a language server.
 * @param {string} node
 */
async function benchManifests(node) {
  const manifests = await json(node, ['--expose-gc', '--import', 'tsx', 'test/bench/manifests.ts']);
  say('');
  say('The manifest service in a process of its own, by documents in the file; opened without a turn for others.');
  for (const [documents, measured] of Object.entries(/** @type {Record<string, Record<string, number>>} */ (/** @type {unknown} */ (manifests)))) {
    table(MANIFESTS.map(([key, what, target]) => [`${what}, ${documents}`, [measured[key] ?? NaN], target, key === 'memoryMb' ? 'MB' : 'ms']));
  }
  const opened = await times(5, () => json(node, ['--import', 'tsx', 'test/bench/openInTurns.ts']));
  table([
    ['the first file, 1,000, in turns', numbers(opened, 'ms'), 200, 'ms'],
    ['longest stall meanwhile', numbers(opened, 'stallMs'), 16, 'ms'],
    ['processor time of the longest turn', numbers(opened, 'stallCpuMs'), 16, 'ms'],
  ]);
  await benchTyping();
  await benchLint(node);
  await benchLanguageServers(node);
}

/** The extension in VS Code, while somebody types. */
async function benchTyping() {
  /** @type {Record<string, Record<string, number[]>>} */
  const found = await inVsCode('bench/typing');
  say('');
  say(`In VS Code, by documents in the file; ${(os.loadavg()[0] ?? 0).toFixed(1)} programs wanted one of ${os.availableParallelism()} processors meanwhile. VS Code keeps the news of problems back for 50 ms.`);
  for (const [documents, measured] of Object.entries(found)) table(TYPED.map(([key, what, target]) => [`${what}, ${documents}`, measured[key] ?? [], target, 'ms']));
}

/**
 * The command line, by the Node that VS Code brings and by that which runs this.
 * @param {string} node
 */
async function benchLint(node) {
  for (const program of new Set([node, process.execPath])) {
    /** @type {Record<string, number[]>} */
    const found = await json(program, ['--import', 'tsx', 'test/bench/lint.ts']);
    const version = (await mustRun('The version of Node could not be read', '', program, ['--version'])).trim();
    say('');
    say(`kubeblocks-backup lint, the whole process, by Node ${version}; documents as in test/bench/manyManifests.ts.`);
    table(LINTED.map(([key, what, target]) => [what, found[key] ?? [], target, 'ms']));
  }
}

/**
 * The language server beside yaml-language-server: over stdio, the same files, in turn.
 * @param {string} node
 */
async function benchLanguageServers(node) {
  const theirs = await findYamlLanguageServer();
  /** @type {Record<string, Record<string, Record<string, number>>>} */
  const found = await json(node, ['--import', 'tsx', 'test/bench/languageServers.ts', ...('file' in theirs ? [theirs.file] : [])]);
  say('');
  say('Language servers over stdio, by documents in the file. yaml-language-server waits 200 ms after each change before it begins.');
  say('lack' in theirs ? `yaml-language-server: not run: ${theirs.lack}` : `${''.padEnd(38)}      ours  yaml-language-server`);
  for (const documents of Object.keys(found.ours ?? {})) {
    for (const [key, what, target] of MANIFESTS) {
      const [ours = NaN, other = NaN] = [found.ours?.[documents]?.[key], found.theirs?.[documents]?.[key]];
      const unit = key === 'memoryMb' ? 'MB' : 'ms';
      const goal = target === undefined || key === 'memoryMb' || documents !== '1000' ? '' : `   target ${String(target).padStart(5)} ${unit}${ours <= target ? '' : '  over'}`;
      say(`${`${what}, ${documents}`.padEnd(38)} ${shown(ours)}  ${Number.isNaN(other) ? '–'.padStart(8) : shown(other)} ${unit}${goal}`);
    }
  }
}

/**
 * The same beside the client library, on etcd and kube-apiserver.
 * @param {string} node
 */
async function benchRealServer(node) {
  say('');
  const lack = missingForCluster();
  if (lack !== undefined) {
    say(`A real API server: not run: ${lack}`);
    return;
  }
  await ensureClusterPrograms();
  /** @type {Record<string, number[]>} */
  const real = await json(node, ['--expose-gc', '--import', 'tsx', 'test/bench/realServer.ts']);
  const values = (/** @type {string} */ key) => real[key] ?? [];
  say(`A real API server; ${(os.loadavg()[0] ?? 0).toFixed(1)} programs wanted one of ${os.availableParallelism()} processors meanwhile.`);
  table([
    ['connected, with 10,000 backups shown', values('ms'), undefined, 'ms'],
    ['10,000 backups listed by us alone', values('aloneMs'), undefined, 'ms'],
    ["by the client library's informer", values('informerMs'), undefined, 'ms'],
    ['us to it', values('aloneMs').map((ms, index) => ms / (values('informerMs')[index] ?? NaN)), 0.8, 'times'],
    ['longest stall of ours', values('aloneStallMs'), 16, 'ms'],
    ['the same while all kinds are read', values('stallMs'), 16, 'ms'],
    ["longest stall of the informer's", values('informerStallMs'), undefined, 'ms'],
    ['heap kept by us', values('keptMb'), 20, 'MB'],
    ['heap kept by the informer', values('informerKeptMb'), undefined, 'MB'],
    ['from a change to its line', values('eventMs'), undefined, 'ms'],
    ['requests on connect', values('requests'), undefined, ''],
  ]);
}

function activation() {
  return inVsCode('bench/activation', [path.join(ROOT, 'test', 'bench', 'emptyExtension')]);
}

/**
 * @param {string} suite below test/
 * @param {readonly string[]} [installed]
 * @returns {Promise<any>} what it found
 */
async function inVsCode(suite, installed = []) {
  const record = recordFile(path.basename(suite));
  await runInExtensionHost({ suite, record, installed });
  return JSON.parse(readFileSync(record, 'utf8'));
}

/**
 * By the Node that VS Code brings, which is what opens it there, or by another.
 * @param {string} node
 */
async function playgroundReady(node) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'kubeblocks-bench-'));
  const started = performance.now();
  const playground = await startPlayground({ kubeconfig: path.join(scratch, 'kubeconfig.yaml'), node });
  const ms = performance.now() - started;
  await playground.stop();
  rmSync(scratch, { recursive: true, force: true });
  return { ms };
}

/**
 * @template [T=Record<string, number>]
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<T>} the JSON on the last line that it prints
 */
async function json(program, args) {
  const output = await mustRun(`${args.at(-1)} could not be measured`, 'Run it by hand to see more.', program, args);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
}

/**
 * @param {number} count
 * @param {() => Promise<Record<string, number>>} measure
 */
async function times(count, measure) {
  const results = [];
  for (let run = 0; run < count; run++) results.push(await measure());
  return results;
}

/**
 * @param {readonly Record<string, number>[]} results
 * @param {string} key
 */
function numbers(results, key) {
  return results.map((result) => result[key] ?? NaN);
}

/**
 * The median beside its target, and the least: what is left when other programs do not take the processor.
 * @param {readonly [string, readonly number[], number | undefined, string][]} rows what, values, target (none for what is not ours), unit
 */
function table(rows) {
  for (const [what, values, target, unit] of rows) {
    const sorted = [...values].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    const goal = target === undefined ? '' : `   target ${String(target).padStart(5)} ${unit}`;
    const verdict = values.some(Number.isNaN) ? '  not measured' : target === undefined || median <= target ? '' : '  over';
    const least = values.length < 2 ? ''.padStart(8) : shown(sorted[0] ?? NaN);
    say(`${what.padEnd(38)} ${shown(median)}  ${least} ${unit}${goal}${verdict}`);
  }
}

/** @param {number} value */
function shown(value) {
  return value.toFixed(value < 100 ? 1 : 0).padStart(8);
}
