import * as vscode from 'vscode';
import type { Report } from '../app';
import { inertText } from '../prompts/inertText';

/**
 * Shows a bar in the Clusters view and, in the status bar's corner of messages, what is going on with a way to stop
 * waiting. Stopping rejects with an `AbortError`; whatever runs in the cluster goes on.
 */
export async function withProgress<T>(title: string, task: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: { viewId: 'kubeblocksBackup.clusters' } }, () =>
    Promise.resolve(
      vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: inertText(title), cancellable: true }, async (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return task((message) => progress.report({ message: inertText(message) }), stop.signal);
      }),
    ),
  );
}
