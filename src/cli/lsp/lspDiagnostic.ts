import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Range } from 'vscode-languageserver/node';
import type { Severity } from '../../kubeblocks/finding';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { spanInFile, type Place } from '../../manifest/place';
import { ruleLink } from '../../manifest/ruleLink';
import type { Span } from '../../manifest/yaml/node';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const TAGS = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const;

export interface LspContext {
  readonly uri: string;
  readonly file: ManifestFile;
  readonly fileOf: (uri: string) => ManifestFile | undefined;
}

export function lspDiagnostic(finding: ManifestFinding, context: LspContext): Diagnostic {
  const related = (finding.related ?? []).flatMap(({ uri = context.uri, place, message }) => {
    const file = uri === context.uri ? context.file : context.fileOf(uri);
    return file === undefined ? [] : [{ location: { uri, range: rangeOf(file, place) }, message }];
  });
  return {
    range: rangeOf(context.file, finding.place),
    message: finding.message,
    severity: SEVERITIES[finding.severity],
    source: 'KubeBlocks',
    code: finding.code,
    codeDescription: { href: ruleLink(finding.code) },
    ...(finding.tags !== undefined && { tags: finding.tags.map((tag) => TAGS[tag]) }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

export function rangeOf(file: ManifestFile, place: Place): Range {
  return lspRange(file, spanInFile(file, place) ?? { start: 0, end: 0 });
}

export function lspRange({ lines }: ManifestFile, { start, end }: Span): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
