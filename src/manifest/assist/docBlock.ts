/**
 * Documentation in pieces of plain text, none of which may be read as Markdown: some of it (names, values) comes from
 * manifests and clusters. Whoever shows it escapes it.
 */
export type DocBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: 'yaml' | 'text' }
  /** A page of `docs/rules`, by the code of its rule. */
  | { readonly kind: 'rule'; readonly code: string; readonly title: string };

export function paragraph(text: string): DocBlock {
  return { kind: 'paragraph', text };
}
