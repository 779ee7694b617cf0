import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { manyManifests, TYPED } from './manyManifests';
import { StallMeter } from './stallMeter';

const COUNTS = [10, 1000];
const ROUNDS = 15;
const PATIENCE = 60_000;
/** What has to be said of the last document: the file was judged to its end. */
const WRONG = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: last\nspec:\n  backupPolicyName: policy-1\n  backupMethod: full\n  retentionPeriod: never\n';

/**
 * Runs inside VS Code: for files of so many manifests how long (ms) it takes from opening one to its problems, with the
 * longest time that the extension host could do nothing else meanwhile; from an edit to its problems (VS Code itself keeps
 * that event back for 50 ms), and from asking for completion to its items. Leaves a list of each in the record.
 */
export async function run(): Promise<void> {
  const record = process.env['KUBEBLOCKS_TEST_RECORD'] ?? '';
  try {
    const found: Record<string, Record<string, readonly number[]>> = {};
    for (const count of COUNTS) found[count] = await measure(count);
    writeFileSync(record, JSON.stringify(found));
  } catch (error) {
    writeFileSync(record, JSON.stringify({ failed: [String(error)] }));
  }
}

async function measure(count: number): Promise<Record<string, readonly number[]>> {
  const text = `${manyManifests(count - 1)}---\n${WRONG}`;
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: text });
  const editor = await vscode.window.showTextDocument(document);
  const meter = new StallMeter();
  const started = performance.now();
  const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml');
  await until(yaml, (problems) => problems === 1);
  const opened = performance.now() - started;
  const { stallMs, stallCpuMs } = meter.stop();
  const middle = text.indexOf(TYPED, Math.floor(text.length / 2));
  const at = yaml.positionAt((middle < 0 ? text.indexOf(TYPED) : middle) + TYPED.length);
  const edits: number[] = [];
  const completions: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    edits.push(await timeOf(async () => {
      const shown = until(yaml, (problems) => problems === 2);
      await editor.edit((edit) => edit.insert(at, 'x'));
      await shown;
    }));
    completions.push(await timeOf(() => vscode.commands.executeCommand('vscode.executeCompletionItemProvider', yaml.uri, at)));
    const gone = until(yaml, (problems) => problems === 1);
    await editor.edit((edit) => edit.delete(new vscode.Range(at, at.translate(0, 1))));
    await gone;
  }
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return { opened: [opened], stall: [stallMs], stallCpu: [stallCpuMs], edits, completions };
}

async function timeOf(work: () => Thenable<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Resolves with the event that tells of so many problems. */
function until({ uri }: vscode.TextDocument, holds: (problems: number) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): boolean => holds(vscode.languages.getDiagnostics(uri).length);
    const timer = setTimeout(() => end(() => reject(new Error(`${uri.toString()} has ${vscode.languages.getDiagnostics(uri).length} problems.`))), PATIENCE);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (done()) end(resolve);
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      listening.dispose();
      settle();
    };
    if (done()) end(resolve);
  });
}
