import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

describe('the program', function () {
  this.timeout(60_000);

  it('gets ready and ends with 0 on SIGTERM, as a process of its own', async () => {
    const program = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'playground', '--empty', '--speed', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(program, 'exit') as Promise<[number | null, string | null]>;
    program.stdout.setEncoding('utf8');
    const [line] = (await once(program.stdout, 'data')) as [string];
    assert.match((JSON.parse(line) as { address: string }).address, /^https:/);
    program.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });
});
