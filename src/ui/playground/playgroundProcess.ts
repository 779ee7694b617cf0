import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { PlaygroundControl } from '../app';
import type { Logger } from '../../operations/ports';

export interface PlaygroundDeps {
  /** The bundled command line program. */
  readonly program: string;
  /** Where the playground writes its kubeconfig. */
  readonly kubeconfig: string;
  readonly speed: () => number;
  readonly logger: Logger;
  /** It ended; by `close` or by itself. */
  readonly onExit: () => void;
}

const START_LIMIT_MS = 15_000;
/** Open watches must not keep it alive. Its state need not outlive it. */
const END_LIMIT_MS = 1_000;

/** The playground as a process of its own, which ends with the window. */
export class PlaygroundProcess implements PlaygroundControl {
  private child: ChildProcess | undefined;
  private starting: Promise<string> | undefined;

  constructor(private readonly deps: PlaygroundDeps) {}

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  open(): Promise<string> {
    this.starting ??= this.start();
    return this.starting;
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child === undefined) {
      return;
    }
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
    await exited;
    clearTimeout(late);
  }

  dispose(): void {
    this.child?.kill('SIGTERM');
  }

  private async start(): Promise<string> {
    const { program, kubeconfig, speed, logger } = this.deps;
    const args = ['playground', '--port', '0', '--kubeconfig', kubeconfig, '--kubeblocks', '1.0', '--speed', String(speed())];
    const child = fork(program, args, { silent: true, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, execArgv: [] });
    this.child = child;
    const lastWords = listen(child, logger);
    child.once('exit', (code) => {
      logger.info(`The playground ended (${code ?? 'by signal'}).`);
      this.child = undefined;
      this.starting = undefined;
      this.deps.onExit();
    });
    try {
      return await readyLine(child, lastWords);
    } catch (error) {
      child.kill('SIGTERM');
      throw error;
    }
  }
}

/** Passes what the process says on to the log; gives its last line on stderr. */
function listen(child: ChildProcess, logger: Logger): () => string {
  let last = '';
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      last = line;
      logger.warn(`playground: ${line}`);
    });
  }
  return () => last;
}

/** The kubeconfig in the one line of JSON that the playground prints when it is ready. */
function readyLine(child: ChildProcess, lastWords: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`it was not ready within ${START_LIMIT_MS / 1000} s`)), START_LIMIT_MS);
    const fail = (why: string): void => {
      clearTimeout(limit);
      reject(new Error(why));
    };
    child.once('error', ({ message }) => fail(message));
    child.once('exit', () => fail(lastWords() || 'it ended before it was ready'));
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const kubeconfig = kubeconfigIn(line);
        if (kubeconfig !== undefined) {
          clearTimeout(limit);
          resolve(kubeconfig);
        }
      });
    }
  });
}

function kubeconfigIn(line: string): string | undefined {
  try {
    const { kubeconfig } = JSON.parse(line) as { kubeconfig?: unknown };
    return typeof kubeconfig === 'string' ? kubeconfig : undefined;
  } catch {
    return undefined;
  }
}
