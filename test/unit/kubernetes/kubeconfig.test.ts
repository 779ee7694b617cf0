import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readKubeconfig } from '../../../src/kubernetes/kubeconfig';
import { kubeconfigFiles } from '../../../src/kubernetes/kubeconfigFiles';

describe('Kubeconfig files', () => {
  const home = path.join(path.sep, 'home', 'me');
  const standard = path.join(home, '.kube', 'config');

  it('are the default one without a choice', () => {
    assert.deepEqual(kubeconfigFiles(undefined, {}, home), { files: [standard], required: false });
    assert.deepEqual(kubeconfigFiles('  ', { KUBECONFIG: '' }, home), { files: [standard], required: false });
  });

  it('are those of KUBECONFIG, once each and in order', () => {
    const KUBECONFIG = ['/b', '', '/a', '/b'].join(path.delimiter);
    assert.deepEqual(kubeconfigFiles(undefined, { KUBECONFIG }, home), { files: ['/b', '/a'], required: false });
  });

  it('are the chosen one before all others, which then must be there', () => {
    assert.deepEqual(kubeconfigFiles('/chosen', { KUBECONFIG: '/a' }, home), { files: ['/chosen'], required: true });
    assert.deepEqual(kubeconfigFiles('~/k', {}, home).files, [path.join(home, 'k')]);
  });
});

describe('A kubeconfig', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const read = (...files: string[]): ReturnType<typeof readKubeconfig> => readKubeconfig({ files, required: false });
  const config = (name: string, server = `https://${name}`): string => `
current-context: ${name}
clusters: [{name: ${name}, cluster: {server: "${server}", certificate-authority: ca.crt}}]
users: [{name: ${name}, user: {client-key: keys/me.key, tokenFile: /run/token, exec: {command: ./bin/login}}}]
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
`;

  it('tells its contexts, with default as the namespace of those that name none', async () => {
    const { contexts, current, problems } = await read(await write('a', config('dev')));
    assert.deepEqual(contexts, [{ name: 'dev', cluster: 'dev', user: 'dev', namespace: 'default', server: 'https://dev', insecure: false }]);
    assert.equal(current, 'dev');
    assert.deepEqual(problems, []);
  });

  it('resolves paths against the file that names them', async () => {
    const { document } = await read(await write('sub/a', config('dev')));
    const [cluster] = document.clusters;
    const [user] = document.users;
    assert.equal(cluster?.value['certificate-authority'], path.join(folder, 'sub', 'ca.crt'));
    assert.equal(user?.value['client-key'], path.join(folder, 'sub', 'keys', 'me.key'));
    assert.equal(user.value.tokenFile, '/run/token');
    assert.deepEqual(user.value.exec, { command: path.join(folder, 'sub', 'bin', 'login') });
  });

  it('merges several files, the first that names something winning', async () => {
    const first = await write('a', config('dev'));
    const second = await write('b', config('dev', 'https://other'));
    const third = await write('c', config('prod'));
    const { contexts, current } = await read(first, second, third);
    assert.deepEqual(contexts.map(({ name, server }) => `${name} ${server}`), ['dev https://dev', 'prod https://prod']);
    assert.equal(current, 'dev');
  });

  it('is empty where no file is there, and where files are empty', async () => {
    const { contexts, current, problems } = await read(path.join(folder, 'none'), await write('empty', ''));
    assert.deepEqual({ contexts, current, problems }, { contexts: [], current: undefined, problems: [] });
  });

  it('names the broken file among several, quotes nothing of it and uses the others', async () => {
    const broken = await write('broken', 'users:\n- name: me\n  user: {token: s3cret\nclusters: [');
    const { contexts, problems } = await read(broken, await write('b', config('prod')));
    assert.deepEqual(contexts.map(({ name }) => name), ['prod']);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.file, broken);
    assert.match(problems[0].message, /broken cannot be read: line \d+ is not valid YAML/);
    assert.doesNotMatch(problems[0].message, /s3cret/);
  });

  const odd: readonly [string, string][] = [
    ['a text', 'hello'],
    ['a list', '- a\n- b'],
  ];
  odd.forEach(([name, text]) => {
    it(`reports a file that is ${name}`, async () => {
      const { problems } = await read(await write('odd', text));
      assert.match(problems[0]?.message ?? '', /it is not a kubeconfig/);
    });
  });

  it('takes lists and entries of the wrong type for absent', async () => {
    const { contexts } = await read(await write('odd', 'contexts: [7, {name: 3}, {name: ok, context: text}]\nclusters: text\nusers: null'));
    assert.deepEqual(contexts, [{ name: 'ok', cluster: '', user: '', namespace: 'default', server: '', insecure: false }]);
  });

  it('reports a missing file that was chosen, and a folder', async () => {
    const missing = await readKubeconfig({ files: [path.join(folder, 'none')], required: true });
    assert.match(missing.problems[0]?.message ?? '', /there is no such file\. Choose another kubeconfig\./);
    const isFolder = await readKubeconfig({ files: [folder], required: true });
    assert.match(isFolder.problems[0]?.message ?? '', /it is a folder/);
  });

  it('says which contexts do not check the server', async () => {
    const text = config('dev').replace('certificate-authority: ca.crt', 'insecure-skip-tls-verify: true');
    assert.equal((await read(await write('a', text))).contexts[0]?.insecure, true);
  });
});
