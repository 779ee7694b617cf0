import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PROGRAM = process.env['KUBEBLOCKS_KBCLI'] ?? 'kbcli';
/** How long (ms) one command may take on a busy machine. */
const PATIENCE = 60_000;

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** KubeBlocks' own command line against one cluster. Its home is a folder of the test's, so that it neither reads nor leaves anything. */
export class Kbcli {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'kubeblocks-kbcli-'));

  constructor(
    kubeconfig: string,
    private readonly namespace: string,
  ) {
    writeFileSync(path.join(this.folder, 'kubeconfig'), kubeconfig, { mode: 0o600 });
  }

  /** What it says, and how it ends; `typed` answers its questions. */
  run(args: readonly string[], typed = ''): Promise<Said> {
    return new Promise((resolve, reject) => {
      const env = { PATH: process.env['PATH'], TZ: 'UTC', HOME: this.folder, KUBECONFIG: path.join(this.folder, 'kubeconfig') };
      const child = spawn(PROGRAM, [...args, '-n', this.namespace], { env, timeout: PATIENCE });
      const text = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (part: string) => (text.stdout += part));
      child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part));
      child.once('error', reject);
      child.once('close', (code) => resolve({ ...text, code }));
      child.stdin.end(typed);
    });
  }

  /** What it prints. Rejects where it fails. */
  async print(...args: readonly string[]): Promise<string> {
    const { stdout, stderr, code } = await this.run(args);
    if (code !== 0) throw new Error(`kbcli ${args.join(' ')} ended with ${String(code)}: ${stderr}${stdout}`);
    return stdout;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
