import * as vscode from 'vscode';
import { complete } from '../../manifest/assist/complete';
import { NO_FIELD_DOCS } from '../../manifest/assist/fieldDocs';
import { readFile } from '../../manifest/manifestFile';
import { createDialects } from '../../manifest/session/dialects';
import { spokenLine } from '../../manifest/session/languageSettings';
import type { LanguageDeps } from './language';
import { toItem, withDocumentation, type ManifestCompletion } from './providers/completion';
import { createSchemaReader } from './schemaReader';

/** Whole manifests, groups and kinds for a text that holds nothing yet. Needs neither the workspace's files nor a cluster. */
export function createStarters({ extensionUri, inventory, time }: Pick<LanguageDeps, 'extensionUri' | 'inventory' | 'time'>): vscode.CompletionItemProvider<ManifestCompletion> {
  const dialectOf = createDialects(createSchemaReader(extensionUri));
  return {
    async provideCompletionItems(document, position, token) {
      const settings = vscode.workspace.getConfiguration('kubeblocksBackup', document.uri);
      const dialect = await dialectOf(spokenLine((key) => settings.get(key), inventory()?.line).line);
      if (token.isCancellationRequested) return [];
      const file = readFile(document.getText());
      return complete(file, document.offsetAt(position), { facts: [], dialect, docs: NO_FIELD_DOCS, ...time() }).map((item) => toItem(file, item));
    },
    resolveCompletionItem: withDocumentation,
  };
}
