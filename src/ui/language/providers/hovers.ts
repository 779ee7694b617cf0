import * as vscode from 'vscode';
import { hover } from '../../../manifest/assist/hover';
import { docMarkdown } from '../../../manifest/session/docMarkdown';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';

export function createHovers({ fileOf, contextOf, findingsIn }: Assistance): vscode.HoverProvider {
  return {
    async provideHover(document, position, token) {
      const context = await contextOf(document);
      const file = await fileOf(document);
      if (file === undefined || token.isCancellationRequested) return undefined;
      const found = hover(file, document.offsetAt(position), context, findingsIn(document));
      return found === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(docMarkdown(found.blocks)), toRange(file, found.range));
    },
  };
}
