import { Unusual } from './unusual';

/** The end of a line whose break is no part of the text. */
export const JOINED = '\\\n';

/** The lines of a scalar over several lines as its text: a break is a space, blank lines are breaks. Where both meet readers differ. */
export function foldLines(lines: readonly string[]): string {
  let folded = '';
  let before: string | undefined;
  let blank = 0;
  for (const [index, line] of lines.entries()) {
    if (before === undefined) {
      folded = line;
    } else if (line === '' && index < lines.length - 1) {
      if (before.endsWith(JOINED)) throw new Unusual();
      blank += 1;
      continue;
    } else {
      const isJoined = before.endsWith(JOINED);
      folded = `${isJoined ? folded.slice(0, -JOINED.length) : folded}${blank > 0 ? '\n'.repeat(blank) : isJoined ? '' : ' '}${line}`;
    }
    before = line;
    blank = 0;
  }
  return folded;
}
