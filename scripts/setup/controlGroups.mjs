import path from 'node:path';

const ROOT = '/sys/fs/cgroup';
/** What the kubelet cannot be without. */
const NEEDED = ['cpu', 'cpuset', 'memory', 'pids'];
/** Of version 2, what the kubelet wants in its own group wherever the machine has it (`getSupportedUnifiedControllers`). */
const WANTED = [...NEEDED, 'hugetlb'];

/**
 * @typedef {object} Hierarchy a tree of control groups
 * @property {1 | 2} version
 * @property {string} folder where its topmost group is
 * @property {readonly string[]} controllers of version 2: those that a group hands on to the groups below it
 */

/** Reads a file of the kernel; undefined where there is none. @typedef {(file: string) => string | undefined} ReadFile */

/**
 * The trees in which a node's pods have their groups: all of version 1, or the one of version 2 where it takes their place.
 * On a machine with both, as systemd made them for years, the kubelet goes by version 1.
 * @param {string} mounts as /proc/self/mounts has them
 * @param {ReadFile} read
 * @returns {readonly Hierarchy[]}
 */
export function controlGroupsOf(mounts, read) {
  const mounted = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([, folder = '', type = '']) => (folder === ROOT || folder.startsWith(`${ROOT}/`) ? [{ folder, type }] : []));
  // What was mounted last lies above.
  if (mounted.findLast(({ folder }) => folder === ROOT)?.type === 'cgroup2') {
    const there = wordsOf(read(path.join(ROOT, 'cgroup.controllers')));
    return [{ version: 2, folder: ROOT, controllers: WANTED.filter((each) => there.includes(each)) }];
  }
  const folders = new Set(mounted.filter(({ type }) => type === 'cgroup' || type === 'cgroup2').map(({ folder }) => folder));
  return [...folders].map((folder) => ({ version: 1, folder, controllers: [] }));
}

/**
 * Why a node cannot have its control groups here, as a sentence, or undefined.
 * @param {string} mounts
 * @param {ReadFile} read
 */
export function missingControlGroups(mounts, read) {
  const hierarchies = controlGroupsOf(mounts, read);
  const [unified] = hierarchies;
  if (unified?.version !== 2) {
    const lacking = NEEDED.filter((each) => read(path.join(ROOT, each, 'cgroup.procs')) === undefined);
    return lacking.length === 0 ? undefined : `The node lane needs the control groups ${NEEDED.join(', ')}: ${lacking.join(', ')} of them ${lacking.length === 1 ? 'is' : 'are'} not mounted below ${ROOT}. Mount them.`;
  }
  const lacking = NEEDED.filter((each) => !unified.controllers.includes(each));
  if (lacking.length > 0) return `The node lane needs the controllers ${NEEDED.join(', ')} of control groups: ${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} not in ${ROOT}/cgroup.controllers. Let this machine, or what this container was made by, have them.`;
  const handedOn = wordsOf(read(path.join(ROOT, 'cgroup.subtree_control')));
  const asked = unified.controllers.filter((each) => !handedOn.includes(each));
  // Only the machine's own topmost group may have processes and hand controllers on; it alone has no type.
  const isTopmost = read(path.join(ROOT, 'cgroup.type')) === undefined;
  if (asked.length === 0 || isTopmost || wordsOf(read(path.join(ROOT, 'cgroup.procs'))).length === 0) return undefined;
  return `The node lane needs ${ROOT} to hand on the controllers ${asked.join(', ')}, and it cannot as long as processes are in it. Move them into a group below it.`;
}

/**
 * What test/node/lane/groups.sh reads: a line for each tree, with its version, its folder and what is handed on.
 * @param {readonly Hierarchy[]} hierarchies
 */
export function controlGroupsText(hierarchies) {
  return hierarchies.map(({ version, folder, controllers }) => `${[version, folder, ...controllers].join(' ')}\n`).join('');
}

/** @param {string | undefined} text */
function wordsOf(text = '') {
  return text.split(/\s+/).filter((word) => word !== '');
}
