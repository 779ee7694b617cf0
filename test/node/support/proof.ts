import { appendFileSync } from 'node:fs';

/** A file to which each result is added as one line of JSON; nothing is kept when the variable is not set. */
const FILE = process.env['PROOF_FILE'];

export interface Proof {
  readonly engine: string;
  /** The method of the backup policy. */
  readonly method: string;
  /** What was restored: `newest`, `at the first second`. */
  readonly what: string;
  /** Whether the rows were those of that moment; for a refusal, whether nothing was created. */
  readonly isEqual: boolean;
  /** Until the new cluster ran with its data. Absent for a refusal. */
  readonly seconds?: number;
}

/** Keeps a result that was seen. */
export function keepProof(proof: Proof): void {
  if (FILE !== undefined) appendFileSync(FILE, `${JSON.stringify(proof)}\n`);
}
