import type { Dialect } from './dialect';
import type { Facts } from './facts/facts';
import { judge, judgeInSteps, type JudgeOptions } from './judge';
import type { ManifestDocument } from './manifestDocument';
import type { ManifestFile } from './manifestFile';
import type { ManifestFinding } from './manifestFinding';
import { documentOf, spanInDocument, spanInFile } from './place';
import type { Turn } from './readInTurns';
import { checkHead } from './schema/checkHead';
import { isSuppressed } from './suppressions';
import type { SyntaxFault } from './yaml/syntaxFault';

/**
 * Everything to be said about a file, in the order of its text. Silent about documents that are not KubeBlocks', and about
 * files of a template language.
 */
export function judgeFile(file: ManifestFile, facts: Facts, dialect: Dialect, options: JudgeOptions = {}): ManifestFinding[] {
  const documents = file.documents.map(({ document }) => document);
  if (documents.some(({ isTemplate }) => isTemplate)) return [];
  return settled(file, judge(documents.flatMap(({ objects }) => objects), facts, dialect, options), dialect, options);
}

/** The same in turns of the event loop, for a large file that is opened. Rejects as `turn` does. */
export async function judgeInTurns(file: ManifestFile, facts: Facts, dialect: Dialect, turn: Turn, options: JudgeOptions = {}): Promise<ManifestFinding[]> {
  const documents = file.documents.map(({ document }) => document);
  if (documents.some(({ isTemplate }) => isTemplate)) return [];
  const steps = judgeInSteps(documents.flatMap(({ objects }) => objects), facts, dialect, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return settled(file, step.value, dialect, options);
    const pause = turn();
    if (pause !== undefined) await pause;
  }
}

function settled(file: ManifestFile, judged: readonly ManifestFinding[], dialect: Dialect, { kustomized }: JudgeOptions): ManifestFinding[] {
  const findings = [...judged];
  for (const { document } of file.documents) {
    if (document.faults.length > 0) findings.push(...syntaxFindings(document));
    if (document.objects.length === 0 && kustomized?.isPatch !== true) findings.push(...checkHead(document, dialect));
  }
  return inOrder(findings.filter((finding) => !isSilenced(finding, file) && !isEcho(finding)), file);
}

/** Of a document of ours; others have their own judges. */
function ownFaults({ faults, text }: ManifestDocument): ManifestDocument['faults'] {
  return faults.length === 0 || text.includes('kubeblocks.io/') ? faults : [];
}

function syntaxFindings(document: ManifestDocument): ManifestFinding[] {
  return ownFaults(document).map(({ code, message, start, end }) => ({ code: `syntax/${code}`, source: 'syntax', severity: 'error', message, place: { kind: 'span', document, span: { start, end } } }));
}

const MISPLACED: ReadonlySet<string> = new Set(['bad_indent', 'tab_as_indent']);

/** A half-typed key is no YAML, and neither is a line that is not indented as it should be; that they are no field either need not be said. */
function isEcho({ source, code, place }: ManifestFinding): boolean {
  const document = documentOf(place);
  if (source !== 'schema' || document === undefined) return false;
  const faults = ownFaults(document);
  if (faults.length === 0) return false;
  const { start } = spanInDocument(place);
  const isMisplaced = (fault: SyntaxFault): boolean => code === 'schema/unknown-field' && MISPLACED.has(fault.code) && fault.start < start && !document.text.slice(fault.start, start).includes('\n');
  return faults.some((fault) => fault.start === start || isMisplaced(fault));
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
