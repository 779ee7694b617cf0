import { readFile, updateFile, type ManifestFile } from '../../manifest/manifestFile';
import { readInTurns, type Turn } from '../../manifest/readInTurns';
import type { TextDocument } from './manifestText';

/** Longer texts are read in turns of the event loop when they are first seen: about 5 ms of reading. */
const LONG = 50_000;

/** The manifests that are open, as they were read last. */
export class ManifestFiles {
  private readonly files = new Map<string, { readonly version: number; readonly file: ManifestFile }>();

  /** The file as the document is now. */
  fileOf(document: TextDocument): ManifestFile {
    const before = this.files.get(document.uri.toString());
    if (before?.version === document.version) return before.file;
    const text = document.getText();
    return this.keep(document, document.version, before === undefined ? readFile(text) : updateFile(before.file, text));
  }

  /** The same; a long text that was not read before is read in turns. Rejects as `turn` does. */
  async open(document: TextDocument, turn: Turn): Promise<ManifestFile> {
    const text = document.getText();
    if (this.files.has(document.uri.toString()) || text.length < LONG) return this.fileOf(document);
    const { version } = document;
    const file = await readInTurns(text, turn);
    return this.files.has(document.uri.toString()) ? this.fileOf(document) : this.keep(document, version, file);
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

  private keep(document: TextDocument, version: number, file: ManifestFile): ManifestFile {
    this.files.set(document.uri.toString(), { version, file });
    return file;
  }
}
