import * as vscode from 'vscode';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { convert } from '../../manifest/assist/convert';
import type { Dialect } from '../../manifest/dialect';
import type { Facts } from '../../manifest/facts/facts';
import type { ManifestFile } from '../../manifest/manifestFile';
import { isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { isManifestArgument, type Manifests, type OpenManifest } from '../manifests';
import type { Judgement } from './judgement';
import { toTextEdits } from './providers/edits';

export interface OpenManifestDeps {
  readonly fileOf: (document: vscode.TextDocument) => ManifestFile | undefined;
  /** Looks up the Secrets that open texts name, in the connected cluster. */
  readonly wantSecrets: () => Promise<void>;
  readonly judgement: Judgement;
  readonly lineOf: (document: vscode.TextDocument) => KubeBlocksLine;
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly factsFor: (document: vscode.TextDocument) => Facts;
}

/** The texts that VS Code has open, for commands. */
export function createManifests(deps: OpenManifestDeps): Manifests {
  return {
    open: async (argument) => {
      const document = await documentOf(argument);
      const file = document === undefined || !isYaml(document) || !mentionsKubeBlocks(document.getText()) ? undefined : deps.fileOf(document);
      return document === undefined || file === undefined ? undefined : openManifest(deps, document, file, cursorIn(document, argument));
    },
  };
}

function openManifest({ wantSecrets, judgement, lineOf, dialectOf, factsFor }: OpenManifestDeps, document: vscode.TextDocument, file: ManifestFile, cursor: number): OpenManifest {
  return {
    name: document.uri.path.split('/').at(-1) ?? document.uri.path,
    uri: document.uri.toString(),
    file,
    cursor,
    line: lineOf(document),
    judge: async (line) => {
      await wantSecrets();
      return (await judgement(document, new AbortController().signal, line)).findings;
    },
    convert: async (from, to) => convert(file, await dialectOf(from), await dialectOf(to), factsFor(document)),
    edit: (edits) => {
      if (document.isClosed || document.getText() !== file.text) return Promise.resolve(false);
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, toTextEdits(file, edits));
      return Promise.resolve(vscode.workspace.applyEdit(edit));
    },
  };
}

async function documentOf(argument: unknown): Promise<vscode.TextDocument | undefined> {
  const uri = isManifestArgument(argument) ? vscode.Uri.parse(argument.manifest) : argument;
  return uri instanceof vscode.Uri ? vscode.workspace.openTextDocument(uri) : vscode.window.activeTextEditor?.document;
}

function cursorIn(document: vscode.TextDocument, argument: unknown): number {
  if (isManifestArgument(argument)) return argument.offset;
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  return editor === undefined ? 0 : document.offsetAt(editor.selection.active);
}
