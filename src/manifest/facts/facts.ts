import type { KubeObject } from '../../kubeblocks/objects';
import type { ManifestObject } from '../manifestObject';

/** The kinds rules and completion ask about. A Secret comes without its values: `data` maps its keys to empty texts. */
export type FactKind =
  | 'ActionSet'
  | 'Backup'
  | 'BackupPolicy'
  | 'BackupPolicyTemplate'
  | 'BackupRepo'
  | 'BackupSchedule'
  | 'Cluster'
  | 'ComponentDefinition'
  | 'OpsRequest'
  | 'Restore'
  | 'Secret'
  | 'StorageProvider'
  | 'VolumeSnapshotClass';

/** What is known around a manifest: the workspace's other files, a connected cluster. Later sources are asked first. */
export type Facts = readonly FactSource[];

/** A snapshot: the same object gives the same answers for ever. Whoever learns something new makes a new source. */
export interface FactSource {
  readonly origin: Origin;
  /**
   * Every object of the kind, in the namespace where one is given (undefined for cluster-wide kinds). Undefined: nothing
   * is known of the kind, because it may not be listed or is not listed yet.
   */
  readonly list: (kind: FactKind, namespace: string | undefined) => FactList | undefined;
  /** Whether this name was asked for by itself and is not there, where no list is known. */
  readonly lacks?: (kind: FactKind, namespace: string | undefined, name: string) => boolean;
}

export interface FactList {
  readonly facts: readonly Fact[];
  /** Nothing else exists: only then is a name that is not among them an error. */
  readonly complete: boolean;
}

export interface Fact {
  readonly object: KubeObject;
  readonly origin: Origin;
  /** Where it is written, for a link to it. */
  readonly written?: { readonly uri?: string; readonly object: ManifestObject };
}

/** Where knowledge comes from; every message that uses it says so. */
export type Origin =
  | { readonly kind: 'file' }
  /** `name`: the file, as a person knows it. */
  | { readonly kind: 'workspace'; readonly name: string }
  /** `name`: the context. */
  | { readonly kind: 'cluster'; readonly name: string };

/** What may stand in a place. */
export interface NameSet {
  readonly facts: readonly Fact[];
  /** `allowed`: what is not among them is wrong. `suggested`: they are offered, and nothing is said about others. */
  readonly certainty: 'allowed' | 'suggested';
}
