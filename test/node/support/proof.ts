import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import type { Backup } from '../../../src/kubeblocks/objects';
import type { Journey, Taken, Wanted } from './journey';

/** A file to which each result is added as one line of JSON; nothing is kept when the variable is not set. */
const FILE = process.env['PROOF_FILE'];

export const isProofKept = FILE !== undefined;

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

/** Restores, and keeps whether the new cluster holds one of the states the backup may have. */
export async function prove(journey: Journey, method: string, what: string, { states, until, ...request }: Wanted & Pick<Taken, 'states'> & Partial<Taken>): Promise<void> {
  const proof = { engine: journey.database.name, method, what };
  try {
    const { restored, took, target } = await journey.restore(request);
    await journey.assertHolds(restored, states, until);
    keepProof({ ...proof, isEqual: true, seconds: Math.round(took / 100) / 10 });
    await journey.remove(target);
  } catch (error) {
    keepProof({ ...proof, isEqual: false });
    throw error;
  }
}

/** Asserts that KubeBlocks has a backup encrypted. */
export function assertEncrypted({ status }: Backup): void {
  const { encryptionConfig } = status as { readonly encryptionConfig?: { readonly algorithm: string } };
  assert.equal(encryptionConfig?.algorithm, 'AES-256-CFB');
}
