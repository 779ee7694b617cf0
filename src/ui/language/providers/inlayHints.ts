import * as vscode from 'vscode';
import { inlayHints } from '../../../manifest/assist/inlayHints';
import type { Assistance } from './assistance';

/** When a schedule runs next, how long a retention is. */
export function createInlayHints({ fileOf, contextOf }: Assistance, isOn: (document: vscode.TextDocument) => boolean, onDidChangeInlayHints: vscode.Event<void>): vscode.InlayHintsProvider {
  return {
    onDidChangeInlayHints,
    async provideInlayHints(document, range) {
      const context = await contextOf(document);
      const file = await fileOf(document);
      if (file === undefined || !isOn(document)) return [];
      return inlayHints(file, { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }, context).map(({ offset, text }) => {
        const hint = new vscode.InlayHint(document.positionAt(offset), text);
        hint.paddingLeft = true;
        return hint;
      });
    },
  };
}
