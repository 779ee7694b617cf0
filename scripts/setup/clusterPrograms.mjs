import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildProgram, go, goVersionOf } from './goModule.mjs';
import { ROOT, TOOLS } from './project.mjs';
import { SetupError } from './setupError.mjs';
import { contentKeyOf, isDone, onceFor } from './stamp.mjs';

const MODULES = path.join('test', 'cluster', 'modules');
const HOME = path.join(TOOLS, 'cluster');
const BIN = path.join(HOME, 'bin');
const FILES_HOME = path.join(HOME, 'files');
const FILES_STAMP = path.join(HOME, 'files.made-from');

/** What each Go module of the cluster lane is built into: a program by its package. */
const PROGRAMS = {
  kubernetes: { kubernetes: '.' },
  kwok: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  kubeblocks: {
    dataprotection: 'github.com/apecloud/kubeblocks/cmd/dataprotection',
    manager: 'github.com/apecloud/kubeblocks/cmd/manager',
  },
};

/** What is taken out of the modules as it lies there: `{ to, module, dependency, from, names }`. */
const FILES = [
  { to: 'crds', module: 'kubeblocks', dependency: 'github.com/apecloud/kubeblocks', from: 'config/crd/bases', names: /\.yaml$/ },
  { to: 'crds', module: 'kubeblocks', dependency: 'github.com/kubernetes-csi/external-snapshotter/client/v6', from: 'config/crd', names: /^snapshot\..*\.yaml$/ },
  { to: 'crds', module: 'kwok', dependency: 'sigs.k8s.io/kwok', from: 'kustomize/crd/bases', names: /_logs\.yaml$/ },
  { to: 'stages', module: 'kwok', dependency: 'sigs.k8s.io/kwok', from: 'kustomize/stage/node/fast', names: /^node-initialize\.yaml$/ },
  { to: 'stages', module: 'kwok', dependency: 'sigs.k8s.io/kwok', from: 'kustomize/stage/pod/fast', names: /^pod-(ready|delete)\.yaml$/ },
];

/**
 * @typedef {object} ClusterPrograms
 * @property {string} bin the folder of the programs
 * @property {string} crds the folder of the CRDs
 * @property {string} stages the folder of kwok's own stages
 * @property {string} pins a key that changes with what was built
 */

/** @type {Promise<ClusterPrograms> | undefined} */
let ensured;

/**
 * The programs of the cluster lane, built by Go when a pinned version or a source of ours changed. Tried once a process:
 * where the first lane could not build them, the next would only wait for the same network.
 */
export function ensureClusterPrograms() {
  ensured ??= makePrograms();
  return ensured;
}

/** @returns {Promise<ClusterPrograms>} */
async function makePrograms() {
  const lack = missingForCluster();
  if (lack !== undefined) throw new SetupError(lack);
  mkdirSync(BIN, { recursive: true });
  for (const module of moduleNames()) await onceFor(stampOf(module), keyOfModule(module), path.join(BIN, exeOf(module)), () => buildModule(module, BIN));
  const programs = clusterPrograms();
  await onceFor(FILES_STAMP, programs.pins, FILES_HOME, () => copyFiles(FILES_HOME));
  return programs;
}

/** Where they lie and what they are made from, whether or not they are made yet. @returns {ClusterPrograms} */
export function clusterPrograms() {
  const pins = contentKeyOf(ROOT, [MODULES, path.join('scripts', 'setup', 'clusterPrograms.mjs')]);
  return { bin: BIN, crds: path.join(FILES_HOME, 'crds'), stages: path.join(FILES_HOME, 'stages'), pins };
}

/** Whether `ensureClusterPrograms` would have nothing to do. */
export function areClusterProgramsMade() {
  return staleModules().length === 0 && isDone(FILES_STAMP, clusterPrograms().pins, FILES_HOME);
}

/** Why the cluster lane cannot run here, or undefined. Go is needed only where something is to be built. */
export function missingForCluster() {
  if (process.platform === 'win32') return 'The cluster lane needs Linux or macOS: run it in WSL.';
  const stale = staleModules();
  if (stale.length === 0) return undefined;
  return missingGoFor(stale.map((module) => path.join(MODULES, module)));
}

/** Why these modules cannot be built here, or undefined. @param {readonly string[]} folders relative to the repository's root, at least one @param {string} [what] what they are for, as the end of a sentence */
export function missingGoFor(folders, what) {
  const wanted = folders.map(goVersionOf).reduce((a, b) => (compareVersions(a, b) < 0 ? b : a));
  return missingGo(spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '', wanted, what);
}

/**
 * What is wrong with this Go, or undefined.
 * @param {string} printed what `go env GOVERSION` prints; nothing where there is no Go
 * @param {string} wanted
 * @param {string} [what] what it is for, as the end of a sentence
 */
export function missingGo(printed, wanted, what = 'to build the cluster that it tests against') {
  const found = /go(\d+\.\d+(?:\.\d+)?)/.exec(printed)?.[1];
  if (found === undefined) return `Go is not on the PATH: install Go ${wanted} or newer ${what}.`;
  if (compareVersions(found, wanted) < 0) return `Go ${found} is too old: install Go ${wanted} or newer ${what}.`;
  return undefined;
}

/** @typedef {keyof typeof PROGRAMS} ModuleName */

/** @returns {ModuleName[]} */
function moduleNames() {
  return /** @type {ModuleName[]} */ (Object.keys(PROGRAMS));
}

function staleModules() {
  return moduleNames().filter((module) => !isDone(stampOf(module), keyOfModule(module), path.join(BIN, exeOf(module))));
}

/** The last of a module's programs: when it is there, all are. @param {ModuleName} module */
function exeOf(module) {
  return /** @type {string} */ (Object.keys(PROGRAMS[module]).at(-1));
}

/** @param {ModuleName} module */
function stampOf(module) {
  return path.join(HOME, `${module}.made-from`);
}

/** @param {ModuleName} module */
function keyOfModule(module) {
  return contentKeyOf(ROOT, [path.join(MODULES, module)]);
}

/** @param {ModuleName} module @param {string} bin */
async function buildModule(module, bin) {
  for (const [name, source] of Object.entries(PROGRAMS[module])) await buildProgram({ lane: 'cluster', folder: path.join(MODULES, module), source, to: path.join(bin, name) });
}

/** @param {string} folder */
async function copyFiles(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const { to, module, dependency, from, names } of FILES) {
    const source = path.join((await go("The cluster lane's files could not be had", path.join(MODULES, module), ['list', '-m', '-f', '{{.Dir}}', dependency])).trim(), from);
    const target = path.join(folder, to);
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source).filter((each) => names.test(each))) copyFileSync(path.join(source, name), path.join(target, name));
  }
}

/** @param {string} a @param {string} b */
function compareVersions(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}
