import { readFile, updateFile, type ManifestFile } from '../manifestFile';
import { readInTurns, type Turn } from '../readInTurns';

/** Longer texts are read in turns of the event loop when they are first seen: about 5 ms of reading. */
const LONG = 50_000;

/** A text that somebody edits. */
export interface OpenText {
  readonly version: number;
  getText(): string;
}

/** The manifests that are open, as they were read last. */
export class OpenManifests {
  private readonly files = new Map<string, { readonly version: number; readonly file: ManifestFile }>();

  /** The file as the document is now. */
  fileOf(uri: string, document: OpenText): ManifestFile {
    const before = this.files.get(uri);
    if (before?.version === document.version) return before.file;
    const text = document.getText();
    return this.keep(uri, document.version, before === undefined ? readFile(text) : updateFile(before.file, text));
  }

  /** The same; a long text that was not read before is read in turns. Rejects as `turn` does. */
  async open(uri: string, document: OpenText, turn: Turn): Promise<ManifestFile> {
    const text = document.getText();
    if (this.files.has(uri) || text.length < LONG) return this.fileOf(uri, document);
    const { version } = document;
    const file = await readInTurns(text, turn);
    return this.files.has(uri) ? this.fileOf(uri, document) : this.keep(uri, version, file);
  }

  known(uri: string): ManifestFile | undefined {
    return this.files.get(uri)?.file;
  }

  entries(): readonly (readonly [string, ManifestFile])[] {
    return [...this.files].map(([uri, { file }]) => [uri, file]);
  }

  close(uri: string): void {
    this.files.delete(uri);
  }

  private keep(uri: string, version: number, file: ManifestFile): ManifestFile {
    this.files.set(uri, { version, file });
    return file;
  }
}
