import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { AssistContext } from '../../manifest/assist/assistContext';
import type { FieldDocs } from '../../manifest/assist/fieldDocs';
import type { Dialect } from '../../manifest/dialect';
import { judgeInTurns } from '../../manifest/judgeFile';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { ruleSeverities, spokenLine, type ReadSetting } from '../../manifest/session/languageSettings';
import { isBlank, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { OpenManifests } from '../../manifest/session/openManifests';
import { turns, type TurnClock } from '../../manifest/session/turns';
import { WorkspaceIndex, type WorkspaceFiles } from '../../manifest/session/workspaceIndex';
import type { LspContext } from './lspDiagnostic';

export interface ServeDeps {
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly docs: () => Promise<FieldDocs>;
  readonly now: () => number;
  readonly turnClock: TurnClock;
  readonly filesIn: (folders: readonly string[]) => WorkspaceFiles;
}

/** An open document with what is known of its file. */
export interface OpenText {
  readonly document: TextDocument;
  readonly here: LspContext;
}

const NEVER = new AbortController().signal;

/** What a server knows: the texts that the client has open, the files of its folders, and its settings. */
export class LspSession {
  readonly documents = new TextDocuments(TextDocument);
  readonly manifests = new OpenManifests();
  index: WorkspaceIndex;
  private readonly reading = new Map<string, Promise<ManifestFile>>();
  private settings: Readonly<Record<string, unknown>> = {};

  constructor(private readonly deps: ServeDeps) {
    this.index = this.indexOf([]);
  }

  /** @param folders URIs. */
  openFolders(folders: readonly string[]): void {
    this.index = this.indexOf(folders);
  }

  /** @param value of the section `kubeblocksBackup`; anything but a map counts as none. */
  takeSettings(value: unknown): void {
    this.settings = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  }

  dialect(): Promise<Dialect> {
    return this.deps.dialectOf(spokenLine(this.read, undefined).line);
  }

  /** The open document, where it is one of KubeBlocks. A long one that was not read yet is read in turns of the event loop. */
  async manifestAt(uri: string): Promise<OpenText | undefined> {
    const document = this.documents.get(uri);
    if (document !== undefined && this.manifests.known(uri) === undefined && mentionsKubeBlocks(document.getText())) await this.readFirst(uri, document);
    return this.textAt(uri, mentionsKubeBlocks);
  }

  /** The open document, where nothing is written yet: a whole manifest may be asked for. */
  blankAt(uri: string): OpenText | undefined {
    return this.textAt(uri, isBlank);
  }

  /** Judges in turns of the event loop. Rejects once the signal is aborted. */
  findingsIn({ uri, file }: LspContext, dialect: Dialect, signal = NEVER): Promise<readonly ManifestFinding[]> {
    return judgeInTurns(file, this.index.factsFor(uri), dialect, turns(signal, this.deps.turnClock), { severities: ruleSeverities(this.read), kustomized: this.index.kustomized(uri) });
  }

  async assistance(uri: string): Promise<AssistContext> {
    const [docs, dialect] = await Promise.all([this.deps.docs(), this.dialect()]);
    return { facts: this.index.factsFor(uri), dialect, docs, nowMs: this.deps.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  }

  /** Whoever asks meanwhile waits for the same reading. */
  private async readFirst(uri: string, document: TextDocument): Promise<void> {
    const reading = this.reading.get(uri) ?? this.manifests.open(uri, document, turns(NEVER, this.deps.turnClock));
    this.reading.set(uri, reading);
    await reading;
    this.reading.delete(uri);
    if (this.documents.get(uri) === undefined) this.manifests.close(uri);
  }

  private textAt(uri: string, fits: (text: string) => boolean): OpenText | undefined {
    const document = this.documents.get(uri);
    if (document === undefined || !fits(document.getText())) return undefined;
    return { document, here: { uri, file: this.manifests.fileOf(uri, document), fileOf: (other) => this.index.fileOf(other) } };
  }

  private readonly read: ReadSetting = (key) => this.settings[key];

  private indexOf(folders: readonly string[]): WorkspaceIndex {
    return new WorkspaceIndex(this.deps.filesIn(folders), () => this.manifests.entries());
  }
}
