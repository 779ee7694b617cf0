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

/** A volume snapshot that fails: the CSI driver's words, credentials struck out. */
export interface SnapshotEvidence {
  readonly name: string;
  readonly error: string;
}

/** A volume claim of a cluster that is restored. */
export interface ClaimEvidence {
  readonly name: string;
  readonly phase: string;
  /** Its conditions, credentials struck out. */
  readonly reasons: readonly string[];
}

/** What was found around an object that failed. */
export interface Evidence {
  readonly jobs: readonly JobEvidence[];
  readonly pods: readonly PodEvidence[];
  /** Those that fail. */
  readonly snapshots: readonly SnapshotEvidence[];
  readonly claims: readonly ClaimEvidence[];
  /** The namespace of a deleted object, when it is being deleted itself. */
  readonly endingNamespace?: string;
  /** Oldest first. */
  readonly events: readonly { readonly at: number; readonly warning: boolean; readonly reason: string; readonly message: string; readonly count: number; readonly object: string }[];
  /** What could not be read, and why. */
  readonly missing: readonly { readonly what: string; readonly why: string }[];
}

export const NO_EVIDENCE: Evidence = { jobs: [], pods: [], snapshots: [], claims: [], events: [], missing: [] };

export interface SharedLog {
  readonly pods: readonly string[];
  readonly container: string;
  readonly text: string;
}

/** The logs, one that several pods have alike (each try of a job, as a rule) only once. Empty ones are left out. */
export function distinctLogs({ pods }: Pick<Evidence, 'pods'>): SharedLog[] {
  const shared = new Map<string, SharedLog>();
  for (const { name, logs } of pods) {
    for (const { container, text } of logs) {
      const key = `${container}\n${text.trim()}`;
      const before = shared.get(key);
      if (text.trim() !== '') {
        shared.set(key, { container, text: before?.text ?? text, pods: [...(before?.pods ?? []), name] });
      }
    }
  }
  return [...shared.values()];
}
