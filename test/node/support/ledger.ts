import { createHash } from 'node:crypto';

/** Rows by number and content: `21000 9f86d0…`. */
export type Digest = string;

/** What was done to a database, and in which seconds since the epoch it began and had ended. */
interface Entry {
  readonly rows: readonly string[];
  /** Whether everything before it is gone. */
  readonly isDrop: boolean;
  readonly from: number;
  readonly to: number;
}

/** Everything that was written, so that the rows of any instant are known without asking the database. */
export class Ledger {
  private readonly entries: Entry[] = [];
  private made = 0;

  get length(): number {
    return this.entries.length;
  }

  /** The number of rows that were never written. */
  newBatch(): number {
    this.made += 1;
    return this.made;
  }

  wrote(rows: readonly string[], from: number, to: number): void {
    this.entries.push({ rows, isDrop: false, from, to });
  }

  dropped(from: number, to: number): void {
    this.entries.push({ rows: [], isDrop: true, from, to });
  }

  /** Of the first so many entries; all when absent. */
  digest(entries = this.entries.length): Digest {
    const rows: string[] = [];
    for (const { isDrop, rows: more } of this.entries.slice(0, entries)) {
      if (isDrop) rows.length = 0;
      rows.push(...more);
    }
    return digestOf(rows);
  }

  /** Every state there was from one number of entries to another, both included. */
  digests(first: number, last: number): readonly Digest[] {
    return Array.from({ length: last - first + 1 }, (_, index) => this.digest(first + index));
  }

  /**
   * What a restore to a second may hold. More than one state where an entry was under way when the second began (or ended,
   * as the engine counts).
   */
  digestsAt(second: number, instant: 'beginOfSecond' | 'endOfSecond'): readonly Digest[] {
    const limit = instant === 'beginOfSecond' ? second - 1 : second;
    const certain = this.entries.filter(({ to }) => to <= limit).length;
    const possible = this.entries.filter(({ from }) => from <= limit).length;
    return this.digests(certain, possible);
  }

  /** The second in which the last entry had ended. */
  get end(): number {
    return this.entries.at(-1)?.to ?? 0;
  }

  /** The seconds in which something was written, in order. */
  get seconds(): readonly number[] {
    return this.entries.filter(({ from, to }) => from === to).map(({ from }) => from);
  }
}

/** A program of awk with the same rows: its `batch` and `count` are set before. */
export const ROWS_IN_AWK = 'BEGIN { for (row = 0; row < count; row++) print "order-" batch "-" row "-" (batch * 104729 + row * 7919) % 1000003 }';

export function rowsOf(batch: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, row) => `order-${batch}-${row}-${(batch * 104_729 + row * 7919) % 1_000_003}`);
}

/** As `LC_ALL=C sort | sha256sum` has it. */
export function digestOf(rows: readonly string[]): Digest {
  const text = [...rows].sort((a, b) => (a < b ? -1 : 1)).map((row) => `${row}\n`);
  return `${rows.length} ${createHash('sha256').update(text.join('')).digest('hex')}`;
}
