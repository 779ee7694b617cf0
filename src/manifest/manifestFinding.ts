import type { Finding } from '../kubeblocks/finding';
import type { Fix } from './fix';
import type { Place } from './place';

/** Where a finding comes from: the text, what the API server refuses (CEL included), or what only KubeBlocks would find. */
export type FindingSource = 'syntax' | 'schema' | 'rule';

export interface ManifestFinding extends Finding {
  readonly source: FindingSource;
  readonly place: Place;
  readonly related?: readonly RelatedPlace[];
  /** The first is the one to prefer. */
  readonly fixes?: readonly Fix[];
  readonly tags?: readonly ('deprecated' | 'unnecessary')[];
}

export interface RelatedPlace {
  readonly message: string;
  /** The file of the workspace; undefined: the same file. */
  readonly uri?: string;
  readonly place: Place;
}
