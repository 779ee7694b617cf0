import * as vscode from 'vscode';
import { symbolsIn, type ManifestSymbol } from '../../../manifest/assist/symbols';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { foldsIn } from '../../../manifest/session/folds';
import { inTurns } from '../../../manifest/session/inTurns';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';

const KINDS: Readonly<Record<ManifestSymbol['kind'], vscode.SymbolKind>> = {
  object: vscode.SymbolKind.Object,
  field: vscode.SymbolKind.Field,
  item: vscode.SymbolKind.Key,
};

/** The objects of a file for the outline and the breadcrumbs, and its documents to fold. */
export function createOutline({ fileOf, turn }: Assistance): vscode.DocumentSymbolProvider & vscode.FoldingRangeProvider {
  return {
    async provideDocumentSymbols(document) {
      const file = await fileOf(document);
      return file === undefined ? undefined : inTurns(file.documents, (placed) => symbolsIn(placed).map((symbol) => toSymbol(file, symbol)), turn());
    },
    async provideFoldingRanges(document) {
      const file = await fileOf(document);
      return file === undefined ? undefined : inTurns(file.documents, (placed) => foldsIn(file, placed).map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine)), turn());
    },
  };
}

function toSymbol(file: ManifestFile, { name, detail, kind, range, selectionRange, children }: ManifestSymbol): vscode.DocumentSymbol {
  const made = new vscode.DocumentSymbol(name, detail, KINDS[kind], toRange(file, range), toRange(file, selectionRange));
  made.children = children.map((child) => toSymbol(file, child));
  return made;
}
