import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const controlGroups = import('../../../scripts/setup/controlGroups.mjs');

const V1 = ['cpu', 'cpuset', 'memory', 'pids'];
const MOUNTS = {
  'version 2': 'proc /proc proc rw 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate,memory_recursiveprot 0 0\n',
  'version 1': ['tmpfs /sys/fs/cgroup tmpfs rw,mode=755 0 0', ...V1.map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,${name} 0 0`), 'cgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0', ''].join('\n'),
  both: ['tmpfs /sys/fs/cgroup tmpfs ro 0 0', 'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0', ...V1.map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,${name} 0 0`), ''].join('\n'),
  'version 2 over version 1': 'tmpfs /sys/fs/cgroup tmpfs rw 0 0\ncgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\ncgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n',
  none: 'proc /proc proc rw 0 0\n',
};

/** The kernel's files of a tree of version 2. */
function unified(files: Readonly<Record<string, string>>): (file: string) => string | undefined {
  return (file) => files[file.replace('/sys/fs/cgroup/', '')];
}

describe('the control groups of a node', () => {
  it('are in the one tree of version 2, with what the kubelet wants and the machine has', async () => {
    const { controlGroupsOf, controlGroupsText } = await controlGroups;
    const read = unified({ 'cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n' });
    for (const mounts of [MOUNTS['version 2'], MOUNTS['version 2 over version 1']]) {
      assert.equal(controlGroupsText(controlGroupsOf(mounts, read)), '2 /sys/fs/cgroup cpu cpuset memory pids hugetlb\n');
    }
    assert.equal(controlGroupsText(controlGroupsOf(MOUNTS['version 2'], unified({ 'cgroup.controllers': 'memory pids' }))), '2 /sys/fs/cgroup memory pids\n');
  });

  it('are in every tree of version 1, also beside one of version 2', async () => {
    const { controlGroupsOf, controlGroupsText } = await controlGroups;
    const lines = (mounts: string): readonly string[] => controlGroupsText(controlGroupsOf(mounts, unified({}))).trimEnd().split('\n');
    assert.deepEqual(lines(MOUNTS['version 1']), [...V1, 'systemd'].map((name) => `1 /sys/fs/cgroup/${name}`));
    assert.deepEqual(lines(MOUNTS.both), ['unified', ...V1].map((name) => `1 /sys/fs/cgroup/${name}`));
  });

  const there = 'cpuset cpu memory pids';
  const answers: readonly (readonly [what: string, mounts: keyof typeof MOUNTS, files: Readonly<Record<string, string>>, answer: RegExp | undefined])[] = [
    ['all is there', 'version 1', Object.fromEntries(V1.map((name) => [`${name}/cgroup.procs`, ''])), undefined],
    ['a tree is not mounted', 'version 1', { 'cpu/cgroup.procs': '', 'memory/cgroup.procs': '', 'pids/cgroup.procs': '' }, /: cpuset of them is not mounted below \/sys\/fs\/cgroup\. Mount/],
    ['nothing is mounted', 'none', {}, /: cpu, cpuset, memory, pids of them are not mounted/],
    ['it is the topmost group', 'version 2', { 'cgroup.controllers': there, 'cgroup.subtree_control': 'memory', 'cgroup.procs': '1\n2\n' }, undefined],
    ['a container is given too little', 'version 2', { 'cgroup.controllers': 'cpu memory pids', 'cgroup.subtree_control': '' }, /: cpuset is not in \/sys\/fs\/cgroup\/cgroup\.controllers\. Let/],
    ['a container has its processes in the way', 'version 2', { 'cgroup.controllers': there, 'cgroup.subtree_control': 'cpu memory', 'cgroup.type': 'domain', 'cgroup.procs': '1\n' }, /hand on the controllers cpuset, pids, and it cannot as long as processes are in it\. Move/],
    ['a container has made room', 'version 2', { 'cgroup.controllers': there, 'cgroup.subtree_control': '', 'cgroup.type': 'domain', 'cgroup.procs': '' }, undefined],
    ['a container has handed them on', 'version 2', { 'cgroup.controllers': there, 'cgroup.subtree_control': there, 'cgroup.type': 'domain', 'cgroup.procs': '1\n' }, undefined],
  ];
  for (const [what, mounts, files, answer] of answers) {
    it(`${answer === undefined ? 'can be had' : 'cannot be had'} where ${what} (${mounts})`, async () => {
      const { missingControlGroups } = await controlGroups;
      const found = missingControlGroups(MOUNTS[mounts], unified(files));
      if (answer === undefined) assert.equal(found, undefined);
      else assert.match(found ?? '', answer);
    });
  }

  (process.platform === 'linux' ? it : it.skip)('are made and removed by the lane’s script, in each version its way, on Linux', () => {
    const folder = mkdtempSync(join(tmpdir(), 'control-groups-'));
    try {
      const tree = (name: string, files: Readonly<Record<string, string>>): string => {
        const at = join(folder, name);
        mkdirSync(at);
        for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
        return at;
      };
      const [cpuset, memory, whole] = [tree('cpuset', { 'cpuset.cpus': '0-1', 'cpuset.mems': '0' }), tree('memory', {}), tree('unified', { 'cgroup.subtree_control': '' })];
      // Like a group of another owner in the one tree: nothing is made there.
      mkdirSync(join(whole, 'system.slice'));
      writeFileSync(join(folder, 'trees'), `1 ${cpuset}\n1 ${memory}\n2 ${whole} cpu hugetlb\n`);
      const script = join(__dirname, '..', '..', 'node', 'lane', 'groups.sh');
      const run = (what: string): number | null => spawnSync('sh', [script, what, 'own', join(folder, 'trees')], { encoding: 'utf8' }).status;
      assert.equal(run('make'), 0);
      assert.deepEqual([readFileSync(join(cpuset, 'own', 'cpuset.cpus'), 'utf8'), readFileSync(join(cpuset, 'own', 'cpuset.mems'), 'utf8')], ['0-1', '0']);
      assert.equal(existsSync(join(memory, 'own')), true);
      // A file keeps only what was written last; the kernel keeps both.
      assert.deepEqual([whole, join(whole, 'own')].map((each) => readFileSync(join(each, 'cgroup.subtree_control'), 'utf8')), ['+hugetlb\n', '+hugetlb\n']);
      assert.equal(existsSync(join(whole, 'system.slice', 'own')), false);
      // The kernel's files go with their group.
      for (const file of [join(cpuset, 'own', 'cpuset.cpus'), join(cpuset, 'own', 'cpuset.mems'), join(whole, 'own', 'cgroup.subtree_control')]) rmSync(file);
      assert.equal(run('remove'), 0);
      assert.deepEqual([cpuset, memory, whole].filter((each) => existsSync(join(each, 'own'))), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
