import type { Connection } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lspDiagnostic } from './lspDiagnostic';
import type { LspSession } from './lspSession';

/** Keeps the diagnostics of every open document current. */
export function publishDiagnostics(connection: Connection, session: LspSession): { readonly judgeAll: () => void; readonly report: (error: unknown) => void } {
  const { documents, manifests } = session;
  const judge = async ({ uri, version }: TextDocument): Promise<void> => {
    const dialect = session.manifestAt(uri) === undefined ? undefined : await session.dialect();
    if (documents.get(uri)?.version !== version) return;
    const manifest = session.manifestAt(uri);
    const findings = manifest === undefined || dialect === undefined ? [] : session.findingsIn(manifest.here, dialect).map((finding) => lspDiagnostic(finding, manifest.here));
    await connection.sendDiagnostics({ uri, version, diagnostics: findings });
  };
  const report = (error: unknown): void => connection.console.error(error instanceof Error ? error.message : String(error));
  documents.onDidChangeContent(({ document }) => void judge(document).catch(report));
  documents.onDidClose(({ document }) => {
    manifests.close(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }).catch(report);
  });
  return { judgeAll: () => documents.all().forEach((document) => void judge(document).catch(report)), report };
}
