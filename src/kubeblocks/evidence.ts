import type { Condition } from './objects';

export interface JobEvidence {
  readonly name: string;
  readonly conditions: readonly Condition[];
}

export interface PodEvidence {
  readonly name: string;
  readonly phase: string;
  /** Why it is not well, in Kubernetes' words: `Evicted: …`, `backupdata: OOMKilled (exit 137)`. */
  readonly reasons: readonly string[];
  /** Last lines, credentials struck out. */
  readonly logs: readonly { readonly container: string; readonly text: string }[];
}

/** What was found around an object that failed. */
export interface Evidence {
  readonly jobs: readonly JobEvidence[];
  readonly pods: readonly PodEvidence[];
  /** Oldest first. */
  readonly events: readonly { readonly at: number; readonly warning: boolean; readonly reason: string; readonly message: string; readonly count: number; readonly object: string }[];
  /** What could not be read, and why. */
  readonly missing: readonly { readonly what: string; readonly why: string }[];
}

export const NO_EVIDENCE: Evidence = { jobs: [], pods: [], events: [], missing: [] };
