import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findInstallation } from '../../../src/cli/installation';
import { runCli } from '../../../src/cli/runCli';

interface Heard {
  readonly out: () => string;
  readonly err: () => string;
  readonly exitCode: Promise<number>;
  readonly signal: () => void;
  readonly firstLine: Promise<string>;
}

/** Runs a command in this process, as its process would. */
function run(...args: readonly string[]): Heard {
  let out = '';
  let err = '';
  let signal: () => void = () => undefined;
  let tell: (line: string) => void = () => undefined;
  const firstLine = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const exitCode = runCli(args, {
    stdout: {
      write: (text) => {
        out += text;
        tell(text);
      },
    },
    stderr: { write: (text) => (err += text) },
    on: (name, listener) => {
      if (name === 'SIGTERM') signal = listener;
    },
  });
  return { out: () => out, err: () => err, exitCode, signal: () => signal(), firstLine };
}

describe('kubeblocks-backup', function () {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-backup-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('without a command says how to call it', async () => {
    const { exitCode, out } = run();
    assert.equal(await exitCode, 2);
    assert.match(out(), /Commands:\n {2}lint .*\n {2}lsp .*\n {2}plan .*\n {2}playground/);
  });

  it('names the commands there are for one there is not', async () => {
    const { exitCode, err } = run('constructor');
    assert.equal(await exitCode, 2);
    assert.equal(err(), 'There is no command "constructor". Known: lint, lsp, plan, playground, window.\n');
  });

  it('explains the options of a command', async () => {
    const { exitCode, out } = run('playground', '--help');
    assert.equal(await exitCode, 0);
    assert.match(out(), /--kubeconfig FILE/);
  });

  it('refuses a bad option in one sentence', async () => {
    const { exitCode, err } = run('playground', '--port', 'x');
    assert.equal(await exitCode, 2);
    assert.equal(err(), '--port: "x" is not a number of 0 or more.\n');
  });

  it('says one line when the playground is ready, writes a private kubeconfig, and ends on SIGTERM', async () => {
    const file = join(folder, 'deep', 'kubeconfig.yaml');
    const { exitCode, firstLine, out, err, signal } = run('playground', '--empty', '--port', '0', '--kubeconfig', file, '--speed', '0');
    const { address, kubeconfig } = JSON.parse(await firstLine) as { address: string; kubeconfig: string };
    assert.match(address, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(kubeconfig, file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const written = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    assert.equal(written['current-context'], 'kubeblocks-playground');
    assert.deepEqual((written.contexts as { context: object }[])[0]?.context, {
      cluster: 'kubeblocks-playground',
      user: 'kubeblocks-playground',
      namespace: 'playground',
    });
    assert.equal((written.clusters as { cluster: { server: string } }[])[0]?.cluster.server, address);
    signal();
    assert.equal(await exitCode, 0);
    assert.equal(out().trim().split('\n').length, 1);
    assert.equal(err(), '');
    assert.equal(existsSync(file), false, 'what nobody answers to is not left behind');
  });

  it('puts the kubeconfig into the line where no file is asked for', async () => {
    const { exitCode, firstLine, signal } = run('playground', '--empty', '--speed', '0');
    const { kubeconfig } = JSON.parse(await firstLine) as { kubeconfig: string };
    assert.equal((parse(kubeconfig) as { kind: string }).kind, 'Config');
    signal();
    assert.equal(await exitCode, 0);
  });

  it('names the port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { exitCode, err } = run('playground', '--empty', '--speed', '0', '--port', String(port));
    assert.equal(await exitCode, 1);
    assert.equal(err(), `Port ${port} is in use. Give another one with --port, or 0 for a free one.\n`);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('says why the kubeconfig cannot be written, and stops', async () => {
    const { exitCode, err } = run('playground', '--empty', '--speed', '0', '--kubeconfig', folder);
    assert.equal(await exitCode, 2);
    assert.match(err(), /^The kubeconfig cannot be written: EISDIR.+ Give another file with --kubeconfig\.\n$/);
    assert.ok(existsSync(folder));
  });

  it('says how to get the data where it is missing', () => {
    assert.throws(() => findInstallation(folder), /Build the package again with "npm run build"/);
  });
});
