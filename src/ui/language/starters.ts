import * as vscode from 'vscode';
import { snippetsAt } from '../../manifest/assist/snippetsAt';
import { readFile } from '../../manifest/manifestFile';
import { createDialects } from '../../manifest/session/dialects';
import { spokenLine } from '../../manifest/session/languageSettings';
import type { LanguageDeps } from './language';
import { toItem, withDocumentation, type ManifestCompletion } from './providers/completion';
import { createSchemaReader } from './schemaReader';

/** Whole manifests for a text that holds nothing yet. Needs neither the workspace's files nor a cluster. */
export function createStarters({ extensionUri, inventory }: Pick<LanguageDeps, 'extensionUri' | 'inventory'>): vscode.CompletionItemProvider<ManifestCompletion> {
  const dialectOf = createDialects(createSchemaReader(extensionUri));
  return {
    async provideCompletionItems(document, position, token) {
      const settings = vscode.workspace.getConfiguration('kubeblocksBackup', document.uri);
      const dialect = await dialectOf(spokenLine((key) => settings.get(key), inventory()?.line).line);
      if (token.isCancellationRequested) return [];
      const file = readFile(document.getText());
      return snippetsAt(file, document.offsetAt(position), { dialect }).map((item, index) => toItem(file, { ...item, sortText: String(index).padStart(4, '0') }));
    },
    resolveCompletionItem: withDocumentation,
  };
}
