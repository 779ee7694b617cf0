import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createPlayground, type Playground } from '../playground/playground';
import { findInstallation } from './installation';
import { parsePlaygroundArguments, PLAYGROUND_HELP, type PlaygroundArguments } from './playgroundArguments';
import type { CliProcess } from './cliProcess';

const OWNER_ONLY = 0o600;

/** `kubeblocks-backup playground`: runs until SIGTERM or SIGINT. */
export async function runPlayground(args: readonly string[], process: CliProcess): Promise<number> {
  const given = parsePlaygroundArguments(args);
  if (given.help) {
    process.stdout.write(PLAYGROUND_HELP);
    return 0;
  }
  const stopped = new Promise<void>((resolveStopped) => {
    process.once('SIGTERM', resolveStopped);
    process.once('SIGINT', resolveStopped);
  });
  const playground = await start(given, process);
  try {
    process.stdout.write(`${JSON.stringify({ address: playground.address, kubeconfig: kubeconfigFile(given, playground) })}\n`);
    await stopped;
  } finally {
    await playground.close();
  }
  return 0;
}

async function start({ line, port, speed, seed, empty }: PlaygroundArguments, { stderr }: CliProcess): Promise<Playground> {
  const { schemasFolder, playgroundFolder } = findInstallation(__dirname);
  try {
    return await createPlayground({
      line,
      port,
      speed,
      seed,
      empty,
      schemasFolder,
      dataFolder: playgroundFolder,
      onError: (error, where) => stderr.write(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Give another one with --port, or 0 for a free one.`);
  }
}

/** The file it was written to, or the text itself where no file was asked for. */
function kubeconfigFile({ kubeconfig }: PlaygroundArguments, playground: Playground): string {
  if (kubeconfig === undefined) return playground.kubeconfig;
  const file = resolve(kubeconfig);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, playground.kubeconfig, { mode: OWNER_ONLY });
    chmodSync(file, OWNER_ONLY);
  } catch (error) {
    throw new Error(`The kubeconfig cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return file;
}
