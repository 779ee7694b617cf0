import type { Fix, FixEdit } from '../fix';
import type { ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import { spanInFile } from '../place';
import type { Span } from '../yaml/node';
import { editsOf } from './editsOf';
import type { TextEdit } from './textEdit';

/** A fix that changes something, with what it changes. */
export interface FixAction {
  readonly finding: ManifestFinding;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
  /** The only one of its finding, unless a person has to decide, or to complete what it writes. */
  readonly isPreferred: boolean;
}

/** The fixes of the findings that touch a selection. */
export function fixesAt(file: ManifestFile, findings: readonly ManifestFinding[], { start, end }: Span): readonly FixAction[] {
  return findings.flatMap((finding) => {
    const span = finding.fixes === undefined ? undefined : spanInFile(file, finding.place);
    return span !== undefined && span.start <= end && span.end >= start ? actionsOf(finding, file) : [];
  });
}

/** All preferred fixes at once, of one rule or of all; what overlaps an earlier one is left for the next round. */
export function fixAll(file: ManifestFile, findings: readonly ManifestFinding[], code?: string): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const finding of findings) {
    if (code !== undefined && finding.code !== code) continue;
    const preferred = actionsOf(finding, file).find(({ isPreferred }) => isPreferred);
    if (preferred !== undefined && !preferred.edits.some((edit) => taken.some((other) => overlaps(edit, other)))) taken.push(...preferred.edits);
  }
  return taken;
}

function actionsOf(finding: ManifestFinding, file: ManifestFile): readonly FixAction[] {
  const actions = (finding.fixes ?? []).map((fix) => ({ finding, fix, edits: editsOf(fix, file) })).filter(({ edits }) => edits.length > 0 && !edits.some((edit, index) => edits.slice(index + 1).some((other) => crosses(edit, other))));
  return actions.map((action) => ({ ...action, isPreferred: actions.length === 1 && action.fix.isChoice === undefined && !isForPerson(action) }));
}

/** What has to be completed, and what goes into a text that cannot be read: it may not be found there again. */
function isForPerson({ fix, edits }: Pick<FixAction, 'fix' | 'edits'>): boolean {
  const isBroken = (edit: FixEdit): boolean => edit.kind !== 'addDocument' && (edit.object.document?.faults.length ?? 0) > 0;
  return fix.edits.some(({ kind }) => kind === 'addDocument') || (edits.some(({ start, end }) => start === end) && fix.edits.some(isBroken));
}

/** Two insertions at one place do: which comes first would be chance. */
function overlaps(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || crosses(a, b);
}

function crosses(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}
