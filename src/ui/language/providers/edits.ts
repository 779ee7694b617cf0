import * as vscode from 'vscode';
import type { TextEdit } from '../../../manifest/assist/textEdit';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { toRange } from '../toDiagnostic';

export function toTextEdits(file: ManifestFile, edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map(({ start, end, newText }) => vscode.TextEdit.replace(toRange(file, { start, end }), newText));
}

export function workspaceEdit(uri: vscode.Uri, file: ManifestFile, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, toTextEdits(file, edits));
  return edit;
}
