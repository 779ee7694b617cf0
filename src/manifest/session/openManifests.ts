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
  private readonly reading = new Map<string, Promise<void>>();

  /** The file as the document is now. */
  fileOf(uri: string, document: OpenText): ManifestFile {
    const before = this.files.get(uri);
    if (before?.version === document.version) return before.file;
    const text = document.getText();
    return this.keep(uri, document.version, before === undefined ? readFile(text) : updateFile(before.file, text));
  }

  /** The same; a long text that was not read before is read in turns, once for all who ask. Rejects as `turn` does. */
  async open(uri: string, document: OpenText, turn: Turn): Promise<ManifestFile> {
    while (!this.files.has(uri) && document.getText().length >= LONG) {
      const begun = this.reading.get(uri);
      if (begun === undefined) await this.readFirst(uri, document, turn);
      else await begun;
    }
    return this.fileOf(uri, document);
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

  /** Who began it may give up; the others go on. */
  private async readFirst(uri: string, document: OpenText, turn: Turn): Promise<void> {
    const { version } = document;
    const coming = readInTurns(document.getText(), turn);
    this.reading.set(uri, coming.then(() => undefined, () => undefined));
    try {
      const file = await coming;
      if (!this.files.has(uri)) this.keep(uri, version, file);
    } finally {
      this.reading.delete(uri);
    }
  }

  private keep(uri: string, version: number, file: ManifestFile): ManifestFile {
    this.files.set(uri, { version, file });
    return file;
  }
}
