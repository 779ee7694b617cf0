import * as vscode from 'vscode';
import type { Logger } from '../../operations/ports';
import { YAML_FILES } from './vscodeFiles';
import type { WorkspaceIndex } from '../../manifest/session/workspaceIndex';

/** Keeps the index current; `changed` is called after what files say of each other may be otherwise. */
export function watchWorkspace(index: WorkspaceIndex, logger: Logger, changed: () => void): vscode.Disposable {
  const controller = new AbortController();
  const watcher = vscode.workspace.createFileSystemWatcher(YAML_FILES);
  const after = (done: Promise<void>): void => {
    done.then(
      () => {
        if (!controller.signal.aborted) changed();
      },
      (error: unknown) => logger.warn(`The manifests of the workspace cannot be read: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  const update = (uri: vscode.Uri): void => after(index.update(uri.toString()));
  after(index.scan(controller.signal));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(update),
    watcher.onDidChange(update),
    watcher.onDidDelete((uri) => {
      index.remove(uri.toString());
      changed();
    }),
    { dispose: () => controller.abort() },
  );
}
