import type { KubeBlocksLine } from '../kubeblocks/kinds';
import type { Conversion } from '../manifest/assist/convert';
import type { TextEdit } from '../manifest/assist/textEdit';
import type { ManifestFile } from '../manifest/manifestFile';
import type { ManifestFinding } from '../manifest/manifestFinding';

/** The manifests that are being edited, for the commands that act on them. */
export interface Manifests {
  /** What a command was called on (`ManifestArgument`, a URI), else the text in front; undefined where that is no manifest of KubeBlocks. */
  open(argument: unknown): Promise<OpenManifest | undefined>;
}

/** A manifest as it was when a command began. */
export interface OpenManifest {
  /** As its tab is named. */
  readonly name: string;
  readonly uri: string;
  readonly file: ManifestFile;
  /** Offset in the file: of the cursor, or of the document that a lens stands above. */
  readonly cursor: number;
  /** The line its problems are found by. */
  readonly line: KubeBlocksLine;
  judge(line: KubeBlocksLine): Promise<readonly ManifestFinding[]>;
  convert(from: KubeBlocksLine, to: KubeBlocksLine): Promise<Conversion>;
  /** Makes the edits in its editor, without saving; false where the text is another one by now. */
  edit(edits: readonly TextEdit[]): Promise<boolean>;
}

/** The first argument of a command that a code lens runs. */
export interface ManifestArgument {
  readonly manifest: string;
  /** Offset of the document that is meant. */
  readonly offset: number;
}

export function isManifestArgument(value: unknown): value is ManifestArgument {
  const { manifest, offset } = (value ?? {}) as Record<string, unknown>;
  return typeof manifest === 'string' && typeof offset === 'number';
}
