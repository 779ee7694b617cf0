import { workspaceFacts, type WorkspaceFile } from '../facts/workspaceFacts';
import type { FactSource } from '../facts/facts';
import { readDocumentQuickly } from '../manifestDocument';
import { isKustomization, kustomizedBy, readKustomization, type Kustomization, type Kustomized } from '../kustomization';
import { readFile, type ManifestFile } from '../manifestFile';
import { mentionsKubeBlocks } from './manifestText';

/** The files of a workspace, wherever they are. */
export interface WorkspaceFiles {
  /** URIs of at most `limit` YAML files. */
  find(limit: number): Promise<readonly string[]>;
  /** Undefined for a file that is gone, cannot be read, or is longer than `maxBytes`. */
  read(uri: string, maxBytes: number): Promise<string | undefined>;
  /** As a person knows the file. */
  nameOf(uri: string): string;
}

const MAX_FILES = 2_000;
const MAX_BYTES = 1_000_000;

/** The manifests of the workspace, as they are saved; what an editor holds counts before that. */
export class WorkspaceIndex {
  private readonly saved = new Map<string, ManifestFile>();
  private readonly kustomizations = new Map<string, Kustomization>();
  private revision = 0;
  private byKustomize: ReturnType<typeof kustomizedBy> | undefined;
  private known: { readonly state: readonly unknown[]; readonly sources: readonly FactSource[] } | undefined;

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly open: () => readonly (readonly [string, ManifestFile])[],
  ) {}

  /** Reads every file once, one after another. */
  async scan(signal: AbortSignal): Promise<void> {
    for (const uri of await this.files.find(MAX_FILES)) {
      if (signal.aborted) return;
      await this.update(uri);
    }
  }

  /** A file was saved, or appeared. */
  async update(uri: string): Promise<void> {
    if (!this.saved.has(uri) && this.saved.size >= MAX_FILES) return;
    const text = await this.files.read(uri, MAX_BYTES);
    if (isKustomization(uri)) this.keepKustomization(uri, text);
    if (text === undefined || !mentionsKubeBlocks(text)) this.forget(uri);
    else if (this.saved.get(uri)?.text !== text) {
      this.saved.set(uri, readFile(text, readDocumentQuickly));
      this.revision += 1;
    }
  }

  remove(uri: string): void {
    this.forget(uri);
    if (isKustomization(uri)) this.keepKustomization(uri, undefined);
  }

  /** What kustomize makes of a file, as the kustomizations are saved. */
  kustomized(uri: string): Kustomized {
    return (this.byKustomize ??= kustomizedBy(this.kustomizations))(uri);
  }

  fileOf(uri: string): ManifestFile | undefined {
    return this.open().find(([each]) => each === uri)?.[1] ?? this.saved.get(uri);
  }

  /** All but one, each as an editor holds it or as it is saved. */
  filesBut(own: string): readonly WorkspaceFile[] {
    const all = new Map([...this.saved, ...this.open()]);
    all.delete(own);
    return [...all].map(([uri, file]) => ({ uri, name: this.files.nameOf(uri), file }));
  }

  /** What the other files say; the same as long as none of them changed. */
  factsFor(own: string): readonly FactSource[] {
    const others = this.open().filter(([uri]) => uri !== own);
    const state = [own, this.revision, ...others.map(([, file]) => file)];
    if (this.known?.state.length !== state.length || !state.every((each, index) => each === this.known?.state[index])) {
      const listed = this.filesBut(own).filter(({ uri }) => !this.kustomized(uri).isPatch);
      this.known = { state, sources: listed.length === 0 ? [] : [workspaceFacts(listed)] };
    }
    return this.known.sources;
  }

  private forget(uri: string): void {
    if (this.saved.delete(uri)) this.revision += 1;
  }

  private keepKustomization(uri: string, text: string | undefined): void {
    if (text === undefined) this.kustomizations.delete(uri);
    else this.kustomizations.set(uri, readKustomization(uri, text));
    this.byKustomize = undefined;
    this.revision += 1;
  }
}
