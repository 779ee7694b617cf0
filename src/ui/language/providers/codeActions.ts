import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { fixesAt } from '../../../manifest/assist/fixesAt';
import { fixRounds } from '../../../manifest/assist/fixRounds';
import type { TextEdit } from '../../../manifest/assist/textEdit';
import type { ManifestFile } from '../../../manifest/manifestFile';
import type { ManifestFinding } from '../../../manifest/manifestFinding';
import { spanInFile } from '../../../manifest/place';
import { suppressInFile, suppressOnLine } from '../../../manifest/session/suppressEdits';
import { toDiagnostic } from '../toDiagnostic';
import type { Assistance } from './assistance';
import { workspaceEdit } from './edits';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('kubeblocksBackup');
export const CODE_ACTION_KINDS = [vscode.CodeActionKind.QuickFix, FIX_ALL] as const;

/** Fixes of what was found, all of them at once, and comments that silence it. */
export function createCodeActions({ fileOf, findingsIn, judged, otherFile }: Assistance): vscode.CodeActionProvider {
  return {
    async provideCodeActions(document, range, { only }) {
      const file = await fileOf(document);
      const findings = findingsIn(document);
      if (file === undefined || findings.length === 0) return [];
      if (only?.intersects(FIX_ALL) === true) return everyFix(document, file, await fixRounds(file, findings, (now) => judged(document, now)));
      const touched = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      const action = (title: string, finding: ManifestFinding, edit: vscode.WorkspaceEdit): vscode.CodeAction => {
        const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        made.edit = edit;
        made.diagnostics = [toDiagnostic(finding, { uri: document.uri, file, fileOf: otherFile })];
        return made;
      };
      const fixes = fixesAt(file, findings, touched).map(({ finding, fix, edits, isPreferred }) => {
        const made = action(fix.title, finding, workspaceEdit(document.uri, file, edits));
        made.isPreferred = isPreferred;
        return made;
      });
      const silences = findings.filter(({ place }) => touches(spanInFile(file, place), touched)).flatMap((finding) => {
        const onLine = suppressOnLine(file, finding);
        return [
          ...(onLine.length === 0 ? [] : [action(l10n.t('Ignore {0} on this line', finding.code), finding, workspaceEdit(document.uri, file, onLine))]),
          action(l10n.t('Ignore {0} in this file', finding.code), finding, workspaceEdit(document.uri, file, suppressInFile(file, finding))),
        ];
      });
      return [...fixes, ...silences];
    },
  };
}

function everyFix(document: vscode.TextDocument, file: ManifestFile, edits: readonly TextEdit[]): vscode.CodeAction[] {
  if (edits.length === 0) return [];
  const made = new vscode.CodeAction(l10n.t('Fix all KubeBlocks problems that have one fix'), FIX_ALL);
  made.edit = workspaceEdit(document.uri, file, edits);
  return [made];
}

function touches(span: { readonly start: number; readonly end: number } | undefined, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return span !== undefined && span.start <= end && span.end >= start;
}
