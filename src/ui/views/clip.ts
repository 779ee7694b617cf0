/** The first line of a text, at most `length` characters of it. */
export function clip(text: string, length = 80): string {
  const [line = ''] = text.trim().split(/\r?\n/);
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
