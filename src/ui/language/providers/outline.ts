import * as vscode from 'vscode';
import { symbols, type ManifestSymbol } from '../../../manifest/assist/symbols';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { folds } from '../../../manifest/session/folds';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';

const KINDS: Readonly<Record<ManifestSymbol['kind'], vscode.SymbolKind>> = {
  object: vscode.SymbolKind.Object,
  field: vscode.SymbolKind.Field,
  item: vscode.SymbolKind.Key,
};

/** The objects of a file for the outline and the breadcrumbs, and its documents to fold. */
export function createOutline({ fileOf }: Assistance): vscode.DocumentSymbolProvider & vscode.FoldingRangeProvider {
  return {
    provideDocumentSymbols(document) {
      const file = fileOf(document);
      return file === undefined ? undefined : symbols(file).map((symbol) => toSymbol(file, symbol));
    },
    provideFoldingRanges(document) {
      const file = fileOf(document);
      return file === undefined ? undefined : folds(file).map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine));
    },
  };
}

function toSymbol(file: ManifestFile, { name, detail, kind, range, selectionRange, children }: ManifestSymbol): vscode.DocumentSymbol {
  const made = new vscode.DocumentSymbol(name, detail, KINDS[kind], toRange(file, range), toRange(file, selectionRange));
  made.children = children.map((child) => toSymbol(file, child));
  return made;
}
