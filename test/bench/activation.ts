import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * Runs inside VS Code: how long (ms) the first activation of an empty extension takes, then ours, module load included.
 * What the empty one takes is VS Code's own: its start, and the extensions it brings. Leaves `{ emptyMs, ms }` in the record.
 */
export async function run(): Promise<void> {
  const record = process.env['KUBEBLOCKS_TEST_RECORD'] ?? '';
  try {
    writeFileSync(record, JSON.stringify({ emptyMs: await activationOf('empty'), ms: await activationOf('kubeblocks-backup') }));
  } catch (error) {
    writeFileSync(record, JSON.stringify({ failed: [String(error)] }));
  }
}

/** Undefined when something activated it before. */
async function activationOf(name: string): Promise<number | undefined> {
  const extension = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { name?: string }).name === name);
  if (!extension) throw new Error(`The extension ${name} is not there.`);
  if (extension.isActive) return undefined;
  const started = performance.now();
  await extension.activate();
  return performance.now() - started;
}
