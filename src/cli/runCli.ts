import * as l10n from '@vscode/l10n';
import type { CliProcess } from './cliProcess';
import { UsageError } from './usageError';

const HELP = `kubeblocks-backup <command>

Commands:
  lint         say what is wrong in KubeBlocks manifests
  lsp          serve an editor over the Language Server Protocol
  plan         say what a restore would do, before anything is created
  playground   run a simulated KubeBlocks cluster on this machine
  window       say to which instants a cluster can be restored

Run "kubeblocks-backup <command> --help" for the options of a command.
`;

type Command = (args: readonly string[], process: CliProcess) => Promise<number>;

/** Each is read when it is called: they share little. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./lint/lintCommand.js')).runLint,
  lsp: async () => (await import('./lsp/lspCommand.js')).runLsp,
  plan: async () => (await import('./plan/planCommand.js')).runPlan,
  playground: async () => (await import('./playgroundCommand.js')).runPlayground,
  window: async () => (await import('./window/windowCommand.js')).runWindow,
};

/** Returns the exit code: 0 done, 1 failed, 2 called the wrong way. */
export async function runCli(args: readonly string[], process: CliProcess): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`${l10n.t('There is no command "{0}". Known: {1}.', name, Object.keys(COMMANDS).join(', '))}\n`);
    return 2;
  }
  try {
    const command = await load();
    return await command(rest, process);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
