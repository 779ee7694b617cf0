import { endOfLine } from '../assist/lineOf';
import type { TextEdit } from '../assist/textEdit';
import type { ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import { nodeAt } from '../manifestPath';
import { spanInFile, type Place } from '../place';

const COMMENT = 'kubeblocks-backup: ignore';

/** A comment that silences a finding's code on its line; none where a comment would become part of a text of several lines. */
export function suppressOnLine(file: ManifestFile, { code, place }: ManifestFinding): readonly TextEdit[] {
  const span = spanInFile(file, place);
  if (span === undefined || isInsideText(place)) return [];
  const at = endOfLine(file.text, span.start);
  const line = file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at);
  return [{ start: at, end: at, newText: line.includes(`# ${COMMENT} `) ? `, ${code}` : ` # ${COMMENT} ${code}` }];
}

/** A comment that silences a finding's code in the whole file. */
export function suppressInFile({ text }: ManifestFile, { code }: ManifestFinding): readonly TextEdit[] {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  return [{ start, end: start, newText: `# ${COMMENT} ${code}${text.includes('\r\n') ? '\r\n' : '\n'}` }];
}

/** Whether the line that the finding begins in goes on in the next one as the same text. */
function isInsideText(place: Place): boolean {
  if (place.kind !== 'path' || place.part === 'key') return false;
  const { object, path, within } = place;
  const node = nodeAt(object.document?.root, [...object.base, ...path]);
  if (node?.type !== 'scalar' || object.document === undefined) return false;
  const written = object.document.text.slice(node.start, node.end).trimEnd();
  return written.includes('\n') && (within !== undefined || !/^[|>]/.test(written));
}
