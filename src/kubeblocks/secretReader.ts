import type { SecretKeys } from './policyPlan';

/** Looks Secrets up in a connected cluster. No value of one is ever given out. */
export interface SecretReader {
  readonly context: string;
  /** One Secret. Rejects where no answer comes. */
  readonly keys: (namespace: string, name: string, signal?: AbortSignal) => Promise<SecretKeys | 'missing' | 'forbidden'>;
  /** The names of those that people make; undefined where they may not be listed. Rejects where no answer comes. */
  readonly names: (namespace: string, signal?: AbortSignal) => Promise<readonly string[] | undefined>;
}
