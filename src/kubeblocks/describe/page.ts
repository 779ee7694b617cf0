/** A read-only page about one object. All text may come from the cluster: renderers must escape it. */
export interface Page {
  readonly title: string;
  /** One line under the title. */
  readonly summary: string;
  readonly sections: readonly Section[];
}

export type Section =
  | { readonly kind: 'facts'; readonly heading: string; readonly rows: readonly Fact[] }
  | { readonly kind: 'table'; readonly heading: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Kept line by line, as a log. */
  | { readonly kind: 'text'; readonly heading: string; readonly text: string }
  | { readonly kind: 'list'; readonly heading: string; readonly items: readonly string[] };

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Facts without those that have no value; undefined when none is left. */
export function facts(heading: string, rows: readonly (readonly [label: string, value: string | number | undefined])[]): Section | undefined {
  const known = rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value: String(value) }]));
  return known.length === 0 ? undefined : { kind: 'facts', heading, rows: known };
}

export function table(heading: string, columns: readonly string[], rows: readonly (readonly (string | undefined)[])[]): Section | undefined {
  return rows.length === 0 ? undefined : { kind: 'table', heading, columns, rows: rows.map((row) => row.map((cell) => cell ?? '')) };
}

/** Undefined where there is nothing to say. */
export function list(heading: string, items: readonly string[]): Section | undefined {
  return items.length === 0 ? undefined : { kind: 'list', heading, items };
}

export function page(title: string, summary: string, sections: readonly (Section | undefined)[]): Page {
  return { title, summary, sections: sections.filter((section) => section !== undefined) };
}
