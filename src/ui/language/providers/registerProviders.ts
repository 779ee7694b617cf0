import * as vscode from 'vscode';
import { LANGUAGE, SCHEMES } from '../../../manifest/session/manifestText';
import type { Assistance } from './assistance';
import { CODE_ACTION_KINDS, createCodeActions } from './codeActions';
import { createCodeLenses, type CodeLensSettings } from './codeLenses';
import { createCompletion } from './completion';
import { createHovers } from './hovers';
import { createInlayHints } from './inlayHints';
import { createNavigation } from './navigation';
import { createOutline } from './outline';

const SELECTOR: vscode.DocumentSelector = SCHEMES.map((scheme) => ({ language: LANGUAGE, scheme }));

export interface ProviderSettings {
  readonly hasInlayHints: (document: vscode.TextDocument) => boolean;
  /** False where another extension draws one. */
  readonly hasOutline: () => boolean;
  readonly hasDocumentLinks: (document: vscode.TextDocument) => boolean;
  readonly onDidChange: vscode.Event<void>;
  readonly codeLenses: CodeLensSettings;
}

export function registerProviders(assistance: Assistance, { hasInlayHints, hasDocumentLinks, hasOutline, onDidChange, codeLenses }: ProviderSettings): vscode.Disposable {
  const navigation = createNavigation(assistance);
  const outline = createOutline(assistance);
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCodeActionsProvider(SELECTOR, createCodeActions(assistance), { providedCodeActionKinds: CODE_ACTION_KINDS }),
    languages.registerCompletionItemProvider(SELECTOR, createCompletion(assistance), ' ', ':', '"', "'", '-'),
    languages.registerHoverProvider(SELECTOR, createHovers(assistance)),
    languages.registerDefinitionProvider(SELECTOR, navigation),
    languages.registerReferenceProvider(SELECTOR, navigation),
    languages.registerRenameProvider(SELECTOR, navigation),
    languages.registerDocumentLinkProvider(SELECTOR, { provideDocumentLinks: (document, token) => (hasDocumentLinks(document) ? navigation.provideDocumentLinks(document, token) : []) }),
    languages.registerDocumentSymbolProvider(SELECTOR, { provideDocumentSymbols: (document, token) => (hasOutline() ? outline.provideDocumentSymbols(document, token) : undefined) }, { label: 'KubeBlocks' }),
    languages.registerFoldingRangeProvider(SELECTOR, outline),
    languages.registerCodeLensProvider(SELECTOR, createCodeLenses(assistance, codeLenses)),
    languages.registerInlayHintsProvider(SELECTOR, createInlayHints(assistance, hasInlayHints, onDidChange)),
  );
}
