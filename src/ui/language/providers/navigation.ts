import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { definition } from '../../../manifest/assist/definition';
import { documentLinks, type DocumentLink } from '../../../manifest/assist/documentLinks';
import type { Location } from '../../../manifest/assist/location';
import { references } from '../../../manifest/assist/references';
import { rename, renameTarget } from '../../../manifest/assist/rename';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { rangeIn } from '../../../manifest/manifestFile';
import { inTurns } from '../../../manifest/session/inTurns';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';
import { toTextEdits } from './edits';

/** From a name to where it is written, to everything that uses it, and to another name. */
export function createNavigation({ fileOf, turn, contextOf, others, otherFile }: Assistance): vscode.DefinitionProvider & vscode.ReferenceProvider & vscode.RenameProvider & vscode.DocumentLinkProvider {
  const locate = (document: vscode.TextDocument, file: ManifestFile, { uri, object, path }: Location): vscode.Location[] => {
    const home = uri === undefined ? file : otherFile(uri);
    const span = home === undefined ? undefined : rangeIn(home, object, path, 'value');
    return home === undefined || span === undefined ? [] : [new vscode.Location(uri === undefined ? document.uri : vscode.Uri.parse(uri), toRange(home, span))];
  };
  return {
    async provideDefinition(document, position) {
      const context = await contextOf(document);
      const file = await fileOf(document);
      const found = file === undefined ? undefined : definition(file, document.offsetAt(position), context);
      return file === undefined || found === undefined ? [] : locate(document, file, found);
    },
    async provideReferences(document, position, { includeDeclaration }) {
      const file = await fileOf(document);
      if (file === undefined) return [];
      const found = references(file, document.offsetAt(position), others(document));
      const isOwnName = ({ path }: Location): boolean => path.length === 2 && path[0] === 'metadata' && path[1] === 'name';
      return found.filter((location) => includeDeclaration || !isOwnName(location)).flatMap((location) => locate(document, file, location));
    },
    async prepareRename(document, position) {
      const file = await fileOf(document);
      const target = file === undefined ? undefined : renameTarget(file, document.offsetAt(position));
      if (file === undefined || target === undefined) throw new Error(l10n.t('Nothing to rename here: only names of objects can be renamed.'));
      return { range: toRange(file, target.range), placeholder: target.name };
    },
    async provideRenameEdits(document, position, newName) {
      const file = await fileOf(document);
      if (file === undefined) return undefined;
      const edit = new vscode.WorkspaceEdit();
      for (const { uri, edits } of rename(file, document.offsetAt(position), newName, others(document))) {
        const home = uri === undefined ? file : otherFile(uri);
        if (home !== undefined) edit.set(uri === undefined ? document.uri : vscode.Uri.parse(uri), toTextEdits(home, edits));
      }
      return edit;
    },
    async provideDocumentLinks(document) {
      const context = await contextOf(document);
      const file = await fileOf(document);
      if (file === undefined) return [];
      const linksIn = documentLinks(file, context);
      const toLink = ({ range, target }: DocumentLink): vscode.DocumentLink[] => {
        const [location] = locate(document, file, target);
        return location === undefined ? [] : [new vscode.DocumentLink(toRange(file, range), location.uri.with({ fragment: `L${location.range.start.line + 1},${location.range.start.character + 1}` }))];
      };
      return inTurns(file.documents, (placed) => linksIn(placed).flatMap(toLink), turn());
    },
  };
}
