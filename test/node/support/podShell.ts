import { spawn } from 'node:child_process';
import { join } from 'node:path';

const KUBECTL = join(__dirname, '..', '..', '..', '.tools', 'node-lane', 'bin', 'kubectl');

export interface PodPlace {
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** Runs a script for bash in a container. Gives what it printed; rejects with what it complained of. */
export function runInPod({ kubeconfig, namespace, pod, container }: PodPlace, script: string, { input = '', args = [] }: { readonly input?: string; readonly args?: readonly string[] } = {}): Promise<string> {
  const command = ['--kubeconfig', kubeconfig, '--namespace', namespace, 'exec', '--stdin', pod, '--container', container, '--', 'bash', '-c', `set -euo pipefail\n${script}`, 'script', ...args];
  const child = spawn(KUBECTL, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => printed.push(part));
  child.stderr.on('data', (part: Buffer) => complained.push(part));
  // A script that ends before it has read everything says so by its status.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(printed).toString());
      else reject(new Error(`In ${pod}: ${Buffer.concat(complained).toString().trim() || `the script ended with ${String(status)}`}`));
    });
  });
}
