import * as vscode from 'vscode';
import type { Logger } from '../../operations/ports';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import type { Judgement } from './judgement';
import { isYaml, mentionsKubeBlocks } from '../../manifest/session/manifestText';
import { toDiagnostic } from './toDiagnostic';

/** Typing is let finish a burst, no more: the whole way from key to squiggle is to stay under 70 ms. */
const QUIET_MS = 15;

/** What was found in a version of a document. */
export interface Found {
  readonly version: number;
  readonly file: ManifestFile;
  readonly findings: readonly ManifestFinding[];
}

export interface DiagnosticsDeps {
  readonly judgement: Judgement;
  readonly logger: Logger;
  readonly fileOf: (uri: string) => ManifestFile | undefined;
  /** Another extension shows the same. */
  readonly isSaidElsewhere: (finding: ManifestFinding, document: vscode.TextDocument) => boolean;
}

/** Keeps the problems of every open manifest current. */
export class Diagnostics {
  private readonly collection = vscode.languages.createDiagnosticCollection('kubeblocksBackup');
  private readonly found = new Map<string, Found>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly deps: DiagnosticsDeps) {}

  /** A document was opened, changed, or would be judged otherwise now. */
  changed(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    if (!isYaml(document) || !mentionsKubeBlocks(document.getText())) {
      if (this.found.has(uri) || this.running.has(uri)) this.close(document);
      return;
    }
    clearTimeout(this.waiting.get(uri));
    this.waiting.set(uri, setTimeout(() => void this.judge(document), QUIET_MS));
  }

  close({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
    this.running.get(key)?.abort();
    this.running.delete(key);
    this.found.delete(key);
    this.collection.delete(uri);
  }

  /** What was found in the document as it is; undefined while that is not known. */
  foundIn(document: vscode.TextDocument): Found | undefined {
    const found = this.found.get(document.uri.toString());
    return found?.version === document.version ? found : undefined;
  }

  dispose(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.running.forEach((controller) => controller.abort());
    this.collection.dispose();
  }

  private async judge(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    this.waiting.delete(key);
    this.running.get(key)?.abort();
    const controller = new AbortController();
    this.running.set(key, controller);
    const { version } = document;
    try {
      const { file, findings } = await this.deps.judgement(document, controller.signal);
      if (controller.signal.aborted || document.version !== version) return;
      this.found.set(key, { version, file, findings });
      const context = { uri: document.uri, file, fileOf: this.deps.fileOf };
      this.collection.set(document.uri, findings.filter((finding) => !this.deps.isSaidElsewhere(finding, document)).map((finding) => toDiagnostic(finding, context)));
    } catch (error) {
      if (!controller.signal.aborted) this.deps.logger.error(`${key} cannot be judged: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    } finally {
      if (this.running.get(key) === controller) this.running.delete(key);
    }
  }
}
