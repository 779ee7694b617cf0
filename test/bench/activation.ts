import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** Runs inside VS Code: how long its first activation takes, module load included. Leaves `{ ms }` in the record. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { name?: string }).name === 'kubeblocks-backup');
  if (!extension) throw new Error('The extension is not there.');
  const wasActive = extension.isActive;
  const started = performance.now();
  await extension.activate();
  const ms = wasActive ? undefined : performance.now() - started;
  writeFileSync(process.env['KUBEBLOCKS_TEST_RECORD'] ?? '', JSON.stringify({ ms }));
}
