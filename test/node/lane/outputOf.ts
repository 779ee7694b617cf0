import { spawn } from 'node:child_process';

/** Runs a program to its end and gives what it printed. Rejects with what it said where its status is not 0. */
export function outputOf(program: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(' ')}: exit code ${String(code)}: ${errors.trim() || output.trim()}`));
    });
    // A program that ends before it has read everything breaks the pipe: its status says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
