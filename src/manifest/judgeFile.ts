import type { Dialect } from './dialect';
import type { Facts } from './facts/facts';
import { judge, type JudgeOptions } from './judge';
import type { ManifestDocument } from './manifestDocument';
import type { ManifestFile } from './manifestFile';
import type { ManifestFinding } from './manifestFinding';
import { documentOf, spanInFile } from './place';
import { isSuppressed } from './suppressions';

/**
 * Everything to be said about a file, in the order of its text. Silent about documents that are not KubeBlocks', and about
 * files of a template language.
 */
export function judgeFile(file: ManifestFile, facts: Facts, dialect: Dialect, options: JudgeOptions = {}): ManifestFinding[] {
  const documents = file.documents.map(({ document }) => document);
  if (documents.some(({ isTemplate }) => isTemplate)) return [];
  const findings = [...documents.flatMap(syntaxFindings), ...judge(documents.flatMap(({ objects }) => objects), facts, dialect, options)];
  return inOrder(findings.filter((finding) => !isSilenced(finding, file)), file);
}

function syntaxFindings(document: ManifestDocument): ManifestFinding[] {
  if (document.faults.length === 0 || !document.text.includes('kubeblocks.io/')) return [];
  return document.faults.map(({ code, message, start, end }) => ({ code: `syntax/${code}`, source: 'syntax', severity: 'error', message, place: { kind: 'span', document, span: { start, end } } }));
}

function isSilenced({ code, place }: ManifestFinding, file: ManifestFile): boolean {
  if (isSuppressed(code, file.documents[0]?.document.suppressions.head)) return true;
  const document = documentOf(place);
  const start = document === undefined ? undefined : file.startOf(document);
  if (document === undefined || start === undefined || document.suppressions.lines.size === 0) return false;
  const line = (offset: number): number => file.lines.positionAt(offset).line;
  return isSuppressed(code, document.suppressions.lines.get(line(spanInFile(file, place)?.start ?? 0) - line(start)));
}

function inOrder(findings: readonly ManifestFinding[], file: ManifestFile): ManifestFinding[] {
  const starts = new Map(findings.map((finding) => [finding, spanInFile(file, finding.place)?.start ?? 0]));
  return findings.toSorted((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0));
}
