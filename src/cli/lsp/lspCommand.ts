import * as l10n from '@vscode/l10n';
import type { CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { UsageError } from '../usageError';

const LSP_HELP = `kubeblocks-backup lsp --stdio

The manifest service as a language server (LSP 3.17) on standard input and output, for any editor.

Initialization options, and the configuration section "kubeblocksBackup":
  kubeblocksVersion   KubeBlocks line: 0.7 to 1.2, or auto for the newest (default auto)
  rules               severity of rules by code: {"KB-S002": "warning", "KB-B002": "off"}
`;

/** `kubeblocks-backup lsp`: serves until the client says exit or closes the pipe, which ends the process. */
export async function runLsp(args: readonly string[], process: CliProcess): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(LSP_HELP);
    return 0;
  }
  if (args.length !== 1 || args[0] !== '--stdio') throw new UsageError(l10n.t('lsp: --stdio is the one way to talk to the server, and must be given.'));
  const { serveStdio } = await import('./serveStdio.js').catch((error: unknown) => {
    throw isNotPacked(error) ? new Error(l10n.t('The language server is not part of the VS Code extension, which needs none. Install the npm package kubeblocks-backup and run it from there.'), { cause: error }) : error;
  });
  return serveStdio(findSchemas(__dirname));
}

/** `.vscodeignore` leaves the server out of the extension's package. */
function isNotPacked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}
