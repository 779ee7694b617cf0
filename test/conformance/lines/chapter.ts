import type { KubeBlocksLine } from '../../../src/kubeblocks/kinds';
import type { LineStage } from './lineStage';

/** One story of a line that cannot be run here, as it was recorded on real controllers. */
export interface Chapter {
  readonly line: Extract<KubeBlocksLine, '0.9' | '1.2'>;
  /** Of the recording it comes from, or of what it is about: `02-backup-full`. */
  readonly name: string;
  /** The recordings, one after the other, where it is not the one of its name. */
  readonly recordings?: readonly string[];
  /** What is looked at, of `Kind/name` once it is normalised: everything else in the recording is another story. */
  readonly about: RegExp;
  /** Turns what objects are called here into what they are called in the recording, where their names are taken. */
  readonly rename?: (text: string) => string;
  /** Before anybody looks. */
  readonly prepare?: (stage: LineStage) => Promise<void>;
  readonly tell: (stage: LineStage) => Promise<void>;
}

export function slugOf({ line, name }: Pick<Chapter, 'line' | 'name'>): string {
  return `${line}/${name}`;
}
