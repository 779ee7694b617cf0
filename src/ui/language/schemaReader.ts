import * as vscode from 'vscode';
import type { ReadSchema } from '../../manifest/session/dialects';

/** Reads the files of `schemas/`, wherever the extension is installed. */
export function createSchemaReader(extensionUri: vscode.Uri): ReadSchema {
  return async (name) => JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'schemas', name)))) as unknown;
}
