import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../../manifest/session/workspaceIndex';

export const YAML_FILES = '**/{*.yaml,*.yml,Kustomization}';
const NEVER = '**/{node_modules,.git}/**';

/** The workspace through VS Code's own file systems, so that virtual ones work as well. */
export const vscodeFiles: WorkspaceFiles = {
  find: async (limit) => (await vscode.workspace.findFiles(YAML_FILES, NEVER, limit)).map(String),
  read: async (text, maxBytes) => {
    const uri = vscode.Uri.parse(text);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      return size > maxBytes ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch (error) {
      if (error instanceof vscode.FileSystemError) return undefined;
      throw error;
    }
  },
  nameOf: (uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
};
