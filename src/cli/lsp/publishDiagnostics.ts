import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lspDiagnostic } from './lspDiagnostic';
import type { LspSession } from './lspSession';

/** Keeps the diagnostics of every open document current. */
export function publishDiagnostics(connection: Connection, session: LspSession): { readonly judgeAll: () => void; readonly report: (error: unknown) => void } {
  const { documents, manifests } = session;
  const running = new Map<string, AbortController>();
  const stop = (uri: string): void => running.get(uri)?.abort(new Error('overtaken'));
  const judge = async ({ uri, version }: TextDocument): Promise<void> => {
    stop(uri);
    const controller = new AbortController();
    running.set(uri, controller);
    try {
      const manifest = await session.manifestAt(uri);
      const dialect = manifest === undefined ? undefined : await session.dialect();
      const found = manifest === undefined || dialect === undefined ? [] : await session.findingsIn(manifest.here, dialect, controller.signal);
      if (controller.signal.aborted || documents.get(uri)?.version !== version) return;
      await connection.sendDiagnostics({ uri, version, diagnostics: manifest === undefined ? [] : found.map((finding) => lspDiagnostic(finding, manifest.here)) });
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (running.get(uri) === controller) running.delete(uri);
    }
  };
  const report = (error: unknown): void => connection.console.error(error instanceof Error ? error.message : String(error));
  documents.onDidChangeContent(({ document }) => void judge(document).catch(report));
  documents.onDidClose(({ document }) => {
    stop(document.uri);
    manifests.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }).catch(report);
  });
  return { judgeAll: () => documents.all().forEach((document) => void judge(document).catch(report)), report };
}
