/** The texts of `Warning: 299 - "text"` headers (RFC 7234 5.5), which Node joins with commas. */
export function warningsOf(header: string | undefined): readonly string[] {
  const found = (header ?? '').matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...found].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}
