import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';

type Exit = [code: number | null, signal: string | null];

interface Running {
  readonly program: ChildProcess;
  readonly exited: Promise<Exit>;
  readonly address: string;
  readonly kubeconfig: string;
}

describe('the program as a process of its own', function () {
  this.timeout(60_000);
  const started = new Set<ChildProcess>();
  afterEach(() => {
    started.forEach((program) => program.kill('SIGKILL'));
    started.clear();
  });

  function launch(stdio: StdioOptions, ...args: readonly string[]): { readonly program: ChildProcess; readonly exited: Promise<Exit> } {
    const program = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'playground', '--empty', '--speed', '0', ...args], { stdio });
    started.add(program);
    return { program, exited: once(program, 'exit') as Promise<Exit> };
  }

  async function ready(stdio: StdioOptions = ['ignore', 'pipe', 'inherit'], ...args: readonly string[]): Promise<Running> {
    const { program, exited } = launch(stdio, ...args);
    assert.ok(program.stdout);
    const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string];
    return { program, exited, ...(JSON.parse(line) as { address: string; kubeconfig: string }) };
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends with 0 on ${signal}, and once only when asked twice`, async () => {
      const { program, exited } = await ready();
      program.kill(signal);
      program.kill(signal);
      assert.deepEqual(await exited, [0, null]);
    });
  }

  it('ends although it is watched, and while a connection is only half open', async () => {
    const { program, exited, address, kubeconfig } = await ready();
    const watching = await watch(address, tokenIn(kubeconfig));
    const cut = Promise.race([once(watching, 'end'), once(watching, 'error'), once(watching, 'close')]);
    watching.resume();
    const silent = connect(Number(new URL(address).port), '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    program.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    await cut;
  });

  it('ends with the process that forked it, and leaves no kubeconfig behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubeblocks-backup-'));
    const { program, exited, kubeconfig } = await ready(['ignore', 'pipe', 'inherit', 'ipc'], '--kubeconfig', join(folder, 'config'));
    assert.ok(existsSync(kubeconfig));
    program.disconnect();
    assert.deepEqual(await exited, [0, null]);
    assert.ok(!existsSync(kubeconfig));
    rmSync(folder, { recursive: true });
  });

  it('ends quietly when nobody reads its one line', async () => {
    const { program, exited } = launch(['ignore', 'pipe', 'pipe']);
    let said = '';
    program.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    program.stdout?.destroy();
    assert.deepEqual(await exited, [0, null]);
    assert.equal(said, '');
  });
});

function tokenIn(kubeconfig: string): string {
  return (parse(kubeconfig) as { users: [{ user: { token: string } }] }).users[0].user.token;
}

/** Resolves when the watch has begun. */
async function watch(address: string, token: string): Promise<IncomingMessage> {
  const agent = new Agent({ rejectUnauthorized: false });
  const request = get(`${address}/api/v1/namespaces?watch=true`, { agent, headers: { authorization: `Bearer ${token}` } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}
