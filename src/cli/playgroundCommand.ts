import * as l10n from '@vscode/l10n';
import { createPlayground, type Playground } from '../playground/playground';
import { findInstallation } from './installation';
import { parsePlaygroundArguments, PLAYGROUND_HELP, type PlaygroundArguments } from './playgroundArguments';
import type { CliProcess } from './cliProcess';
import { untilStopped } from './untilStopped';
import { writeKubeconfig, type KubeconfigFile } from './kubeconfigFile';

/** `kubeblocks-backup playground`: runs until a signal, or the end of the process that forked it. */
export async function runPlayground(args: readonly string[], process: CliProcess): Promise<number> {
  const given = parsePlaygroundArguments(args);
  if (given.help) {
    process.stdout.write(PLAYGROUND_HELP);
    return 0;
  }
  const stopped = untilStopped(process);
  const playground = await start(given, process);
  let file: KubeconfigFile | undefined;
  try {
    file = given.kubeconfig === undefined ? undefined : writeKubeconfig(given.kubeconfig, playground.kubeconfig);
    process.stdout.write(`${JSON.stringify({ address: playground.address, kubeconfig: file?.file ?? playground.kubeconfig })}\n`);
    await stopped;
  } finally {
    file?.remove();
    await playground.close();
  }
  return 0;
}

async function start({ line, port, speed, seed, empty, users }: PlaygroundArguments, { stderr }: CliProcess): Promise<Playground> {
  const { schemasFolder, playgroundFolder } = findInstallation(__dirname);
  try {
    return await createPlayground({
      line,
      port,
      speed,
      seed,
      empty,
      users,
      schemasFolder,
      dataFolder: playgroundFolder,
      onError: (error, where) => stderr.write(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(l10n.t('Port {0} is in use. Give another one with --port, or 0 for a free one.', String(port)));
  }
}
