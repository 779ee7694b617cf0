import assert from 'node:assert/strict';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const nodeVersion = import('../../../scripts/setup/nodeVersion.mjs');
const clusterPrograms = import('../../../scripts/setup/clusterPrograms.mjs');
const stamp = import('../../../scripts/setup/stamp.mjs');
const command = import('../../../scripts/setup/command.mjs');
const hostEnvironment = import('../../../scripts/workbench/hostEnvironment.mjs');
const server = import('../../../scripts/workbench/server.mjs');

describe('set-up', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'set up '))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says in one sentence that Node is too old', async () => {
    const { requireNodeVersion } = await nodeVersion;
    assert.throws(() => requireNodeVersion('18.20.4'), {
      message: 'Node 18.20.4 is too old: this needs Node 20.19 or newer. Get it from https://nodejs.org and run the command again.',
    });
    assert.throws(() => requireNodeVersion('20.18.0'));
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.21.0']) requireNodeVersion(version);
  });

  const tooOld = 'is too old: install Go 1.26.0 or newer to build the cluster that it tests against.';
  const gos: readonly (readonly [string, string | undefined])[] = [
    ['', 'Go is not on the PATH: install Go 1.26.0 or newer to build the cluster that it tests against.'],
    ['devel\n', 'Go is not on the PATH: install Go 1.26.0 or newer to build the cluster that it tests against.'],
    ['go1.25.9\n', `Go 1.25.9 ${tooOld}`],
    ['go1.9\n', `Go 1.9 ${tooOld}`],
    ['go1.26.0\n', undefined],
    ['go1.26.4 X:nodwarf5\n', undefined],
    ['go2.0\n', undefined],
  ];
  for (const [printed, sentence] of gos) {
    it(`${sentence === undefined ? 'takes' : 'says what is wrong with'} the Go that prints ${JSON.stringify(printed)}`, async () => {
      const { missingGo } = await clusterPrograms;
      assert.equal(missingGo(printed, '1.26.0'), sentence);
    });
  }

  it('does not mind when a file was written again as it was, but sees its text, its name and its folder', async () => {
    const { contentKeyOf } = await stamp;
    const key = () => contentKeyOf(folder, ['in', 'not-there']);
    const empty = key();
    mkdirSync(path.join(folder, 'in', 'deep'), { recursive: true });
    assert.equal(key(), empty);
    const file = path.join(folder, 'in', 'deep', 'a');
    writeFileSync(file, 'one');
    const first = key();
    assert.notEqual(first, empty);
    writeFileSync(file, 'one');
    utimesSync(file, 1, 1);
    assert.equal(key(), first);
    writeFileSync(file, 'two');
    assert.notEqual(key(), first);
    writeFileSync(file, 'one');
    renameSync(file, path.join(folder, 'in', 'deep', 'b'));
    assert.notEqual(key(), first);
    renameSync(path.join(folder, 'in', 'deep', 'b'), path.join(folder, 'in', 'a'));
    assert.notEqual(key(), first);
  });

  it('tells one file from two with the same text between them', async () => {
    const { contentKeyOf } = await stamp;
    writeFileSync(path.join(folder, 'a'), 'b\u0000x');
    const one = contentKeyOf(folder, ['.']);
    writeFileSync(path.join(folder, 'a'), '');
    writeFileSync(path.join(folder, 'b'), 'x');
    assert.notEqual(contentKeyOf(folder, ['.']), one);
  });

  it('does work once for a key, and again for another key or when the result is gone', async () => {
    const { onceFor } = await stamp;
    const [file, result] = [path.join(folder, 'stamp'), path.join(folder, 'result')];
    let count = 0;
    const work = () => {
      count += 1;
      writeFileSync(result, '');
      return Promise.resolve();
    };
    await onceFor(file, 'a', result, work);
    await onceFor(file, 'a', result, work);
    assert.equal(count, 1);
    await onceFor(file, 'b', result, work);
    assert.equal(count, 2);
    rmSync(result);
    await onceFor(file, 'b', result, work);
    assert.equal(count, 3);
  });

  it('does work again that failed', async () => {
    const { onceFor } = await stamp;
    const file = path.join(folder, 'stamp');
    await assert.rejects(onceFor(file, 'a', folder, () => Promise.reject(new Error('no'))));
    let done = false;
    await onceFor(file, 'a', folder, () => Promise.resolve(void (done = true)));
    assert.ok(done);
  });

  it('does not say of a copy, which shares its files by hard links, what was done only here', async () => {
    const { isDone, onceFor } = await stamp;
    const [file, result] = [path.join(folder, 'stamp'), path.join(folder, 'result')];
    const [copy, copied] = [path.join(folder, 'copy of stamp'), path.join(folder, 'copy of result')];
    const make = (text: string) => () => {
      rmSync(result, { force: true });
      writeFileSync(result, text);
      return Promise.resolve();
    };
    await onceFor(file, 'a', result, make('old'));
    linkSync(file, copy);
    linkSync(result, copied);
    await onceFor(file, 'b', result, make('new'));
    assert.deepEqual([isDone(file, 'b', result), isDone(copy, 'b', copied)], [true, false]);
  });

  it('sees a file that was written, added or removed', async () => {
    const { keyOf } = await stamp;
    const key = () => keyOf(folder, ['.', 'not-there']);
    writeFileSync(path.join(folder, 'a'), '1');
    const first = key();
    assert.equal(key(), first);
    writeFileSync(path.join(folder, 'a'), '22');
    const second = key();
    assert.notEqual(second, first);
    utimesSync(path.join(folder, 'a'), 1, 1);
    assert.notEqual(key(), second);
    writeFileSync(path.join(folder, 'b'), '');
    const third = key();
    rmSync(path.join(folder, 'b'));
    assert.notEqual(key(), third);
  });

  it('gives the reason of a failed program as a sentence with what to do', async () => {
    const { mustRun } = await command;
    const failing = (script: string) => mustRun('It could not be made', 'Try again.', process.execPath, ['-e', script]);
    await assert.rejects(failing("console.error('npm error code ENOTFOUND\\nnpm error request to registry failed'); process.exit(1)"), {
      message: 'It could not be made: request to registry failed. Try again.',
    });
    await assert.rejects(failing('process.exit(1)'), { message: 'It could not be made: it gave no reason. Try again.' });
    await assert.rejects(failing("console.error('go: downloading go.etcd.io/etcd/api/v3 v3.6.4\\ngo.etcd.io/etcd/api/v3@v3.6.4: dial tcp: lookup proxy.invalid: no such host'); process.exit(1)"), {
      message: 'It could not be made: go.etcd.io/etcd/api/v3@v3.6.4: dial tcp: lookup proxy.invalid: no such host. Try again.',
    });
  });

  it('keeps the variables of another VS Code away from ours', async () => {
    const { hostEnvironment: build } = await hostEnvironment;
    process.env['VSCODE_IPC_HOOK_CLI'] = '/tmp/other.sock';
    try {
      const env = build({ KUBECONFIG: 'k' });
      assert.equal(env['VSCODE_IPC_HOOK_CLI'], undefined);
      assert.equal(env['KUBECONFIG'], 'k');
      assert.equal(env['PATH'], process.env['PATH']);
    } finally {
      delete process.env['VSCODE_IPC_HOOK_CLI'];
    }
  });

  it('names paths with spaces in the address of a workbench', async () => {
    const { workbenchAddress } = await server;
    const address = new URL(workbenchAddress('127.0.0.1:1', '/a b', { token: 't', payload: { extensionDevelopmentPath: '/my repo' } }));
    assert.equal(address.searchParams.get('folder'), '/a b');
    assert.equal(address.searchParams.get('tkn'), 't');
    assert.deepEqual(JSON.parse(address.searchParams.get('payload') ?? ''), [['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:1/my%20repo']]);
  });
});
