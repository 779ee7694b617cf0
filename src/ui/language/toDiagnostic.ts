import * as vscode from 'vscode';
import type { Severity } from '../../kubeblocks/finding';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding, RelatedPlace } from '../../manifest/manifestFinding';
import { spanInFile, type Place } from '../../manifest/place';
import { ruleLink } from '../../manifest/ruleLink';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};
const TAGS = { deprecated: vscode.DiagnosticTag.Deprecated, unnecessary: vscode.DiagnosticTag.Unnecessary } as const;

export interface DiagnosticContext {
  readonly uri: vscode.Uri;
  readonly file: ManifestFile;
  /** Another file of the workspace, for places in it. */
  readonly fileOf: (uri: string) => ManifestFile | undefined;
}

export function toDiagnostic(finding: ManifestFinding, context: DiagnosticContext): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(context.file, finding.place), finding.message, SEVERITIES[finding.severity]);
  diagnostic.source = 'KubeBlocks';
  diagnostic.code = { value: finding.code, target: vscode.Uri.parse(ruleLink(finding.code)) };
  diagnostic.tags = finding.tags?.map((tag) => TAGS[tag]) ?? [];
  diagnostic.relatedInformation = (finding.related ?? []).flatMap((related) => relatedOf(related, context));
  return diagnostic;
}

function relatedOf({ uri, place, message }: RelatedPlace, context: DiagnosticContext): vscode.DiagnosticRelatedInformation[] {
  const file = uri === undefined ? context.file : context.fileOf(uri);
  if (file === undefined) return [];
  const location = new vscode.Location(uri === undefined ? context.uri : vscode.Uri.parse(uri), rangeOf(file, place));
  return [new vscode.DiagnosticRelatedInformation(location, message)];
}

export function rangeOf(file: ManifestFile, place: Place): vscode.Range {
  const span = spanInFile(file, place) ?? { start: 0, end: 0 };
  return toRange(file, span);
}

export function toRange({ lines }: ManifestFile, { start, end }: { readonly start: number; readonly end: number }): vscode.Range {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return new vscode.Range(from.line, from.character, to.line, to.character);
}
