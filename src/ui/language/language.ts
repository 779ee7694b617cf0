import * as vscode from 'vscode';
import type { Inventory } from '../../kubeblocks/inventory';
import type { Logger } from '../../operations/ports';
import type { Operations } from '../connection/operations';
import type { Manifests } from '../manifests';
import type { LanguageFeatures } from './languageFeatures';
import { isBlank, isYaml, LANGUAGE, mentionsKubeBlocks, SCHEMES } from '../../manifest/session/manifestText';

export interface LanguageDeps {
  /** Holds `schemas/`. */
  readonly extensionUri: vscode.Uri;
  readonly logger: Logger;
  /** The connected cluster, if one is; nothing here connects. */
  readonly inventory: () => Inventory | undefined;
  /** Of that cluster. */
  readonly operations: () => Operations | undefined;
  readonly time: () => { readonly nowMs: number; readonly timeZone: string };
  /** The commands that need a cluster exist. */
  readonly canAct: boolean;
  /** Told whether the editor in front holds a manifest of KubeBlocks. */
  readonly onManifestInFront: (isInFront: boolean) => void;
  /** Returns how to stop listening. */
  readonly onDidChangeCluster: (listener: () => void) => () => void;
}

export interface Language {
  dispose(): void;
  /** The manifests that are being edited; loads the language half. */
  readonly manifests: Manifests;
}

/** Waits for the first open YAML text that speaks of KubeBlocks; only then is the language half loaded. */
export function startLanguage(deps: LanguageDeps): Language {
  const waiting: vscode.Disposable[] = [];
  let features: Promise<LanguageFeatures> | undefined;
  let isOver = false;
  const stopWaiting = (): void => waiting.splice(0).forEach((each) => void each.dispose());
  const look = (document: vscode.TextDocument): void => {
    if (waiting.length === 0 || !isYaml(document) || !mentionsKubeBlocks(document.getText())) return;
    load().catch((error: unknown) => deps.logger.error(`The language half cannot be loaded: ${error instanceof Error ? error.message : String(error)}`));
  };
  const load = (): Promise<LanguageFeatures> => {
    stopWaiting();
    features ??= import('./languageFeatures.js').then(({ createLanguageFeatures }) => {
      const made = createLanguageFeatures(deps);
      if (isOver) made.dispose();
      return made;
    });
    return features;
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) look(document);
    }),
  );
  vscode.workspace.textDocuments.forEach(look);
  const starters = offerStarters(deps);
  return {
    manifests: { open: async (argument) => (await load()).manifests.open(argument) },
    dispose: () => {
      isOver = true;
      stopWaiting();
      starters.dispose();
      features?.then((made) => made.dispose(), (error: unknown) => deps.logger.debug(`nothing to end: ${String(error)}`));
    },
  };
}

/** Offers whole manifests, and heads of one, in a text that holds nothing yet; they are loaded when somebody first asks there. */
function offerStarters(deps: LanguageDeps): vscode.Disposable {
  let loading: Promise<vscode.CompletionItemProvider> | undefined;
  const load = (): Promise<vscode.CompletionItemProvider> => (loading ??= import('./starters.js').then(({ createStarters }) => createStarters(deps)));
  const selector = SCHEMES.map((scheme) => ({ language: LANGUAGE, scheme }));
  return vscode.languages.registerCompletionItemProvider(selector, {
    provideCompletionItems: async (document, ...rest) => (isBlank(document.getText()) && !mentionsKubeBlocks(document.getText()) ? (await load()).provideCompletionItems(document, ...rest) : []),
    resolveCompletionItem: async (item, token) => (await load()).resolveCompletionItem?.(item, token) ?? item,
  });
}
