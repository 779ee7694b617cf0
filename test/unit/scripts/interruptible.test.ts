import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const SCRIPTS = path.resolve(__dirname, '../../../scripts');
const from = (file: string): string => JSON.stringify(pathToFileURL(path.join(SCRIPTS, file)).href);
const laneKubeconfig = import('../../../scripts/setup/laneKubeconfig.mjs');

const OF_A_LANE = 'clusters: [{name: cluster-lane, cluster: {server: "https://127.0.0.1:1"}}]\n';

/** A script of ours, in a process of its own, with what it printed so far. */
class Script {
  private text = '';
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;

  constructor(imports: Readonly<Record<string, string>>, main: string) {
    const heads = Object.entries(imports).map(([name, file]) => `import { ${name} } from ${from(file)};`);
    this.process = spawn(process.execPath, ['--input-type=module', '-e', [...heads, main].join('\n')], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.ended = once(this.process, 'exit');
  }

  async printed(what: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = what.exec(this.text);
      if (found) return found;
      const more = await Promise.race([once(this.process.stdout ?? assert.fail(), 'data'), this.ended.then(() => undefined)]);
      if (more === undefined && !what.test(this.text)) assert.fail(`it ended without ${String(what)}: ${this.text}`);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a script that is interrupted', function () {
  this.timeout(60_000);
  let folder: string;
  let script: Script;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'interrupted-'))));
  afterEach(() => {
    script.process.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`by ${signal} alone ends its tests first, then what was made for them, then itself`, async () => {
      const tests = path.join(folder, 'hanging.test.cjs');
      writeFileSync(tests, "it('hangs', (done) => void (console.log(`pid ${process.pid}.`), setInterval(done, 100_000_000)));");
      const run = `runMocha({ files: [${JSON.stringify(tests)}], record: 'none', reporter: 'dot' })`;
      script = new Script(
        { runMocha: 'lanes/mocha.mjs', interruptible: 'setup/interruptible.mjs' },
        `process.exitCode = await interruptible(async (signal) => { try { await ${run}; } finally { console.log(signal.aborted ? 'removed' : 'went on'); } });`,
      );
      const [, pid] = await script.printed(/pid (\d+)\./);
      script.process.kill(signal);
      await script.printed(/removed/);
      assert.deepEqual([await script.ended, isAlive(Number(pid))], [[130, null], false]);
    });
  }

  it('twice does not wait any more, and leaves no kubeconfig', async () => {
    const [own, laid] = [path.join(folder, 'own'), path.join(folder, 'new', 'laid')];
    writeFileSync(own, OF_A_LANE);
    script = new Script(
      { holdLane: 'setup/holdLane.mjs', interruptible: 'setup/interruptible.mjs' },
      `const lane = { kubeconfig: ${JSON.stringify(own)}, stop: () => (console.log('stopping'), new Promise(() => setInterval(() => {}, 1000))) };
       await interruptible((signal) => holdLane(async () => lane, ${JSON.stringify(laid)}, signal));`,
    );
    await script.printed(/Ctrl-C ends everything/);
    assert.equal(statSync(laid).mode & 0o777, 0o600);
    script.process.kill('SIGINT');
    await script.printed(/stopping/);
    script.process.kill('SIGINT');
    assert.deepEqual([await script.ended, existsSync(laid)], [[130, null], false]);
  });
});

describe('the kubeconfig of a lane', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'laid-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is put in the place of none but a lane’s', async () => {
    const { requireLaneKubeconfig } = await laneKubeconfig;
    const file = path.join(folder, 'config');
    requireLaneKubeconfig(file);
    for (const text of ['', OF_A_LANE]) {
      writeFileSync(file, text);
      requireLaneKubeconfig(file);
    }
    for (const text of ['clusters: [{name: cluster-lane}, {name: prod}]\n', 'a: [', 'just words\n', 'kind: Config\n']) {
      writeFileSync(file, text);
      assert.throws(() => requireLaneKubeconfig(file), { message: `The kubeconfig cannot be written: ${file} holds something else. Give another file with --kubeconfig.` }, text);
    }
  });

  it('is taken away by the lane that laid it, not by one before', async () => {
    const { layKubeconfig } = await laneKubeconfig;
    const file = path.join(folder, 'config');
    const removeFirst = layKubeconfig(file, OF_A_LANE);
    const removeSecond = layKubeconfig(file, `${OF_A_LANE}# another\n`);
    removeFirst();
    assert.equal(existsSync(file), true);
    removeSecond();
    assert.equal(existsSync(file), false);
    removeSecond();
  });
});
