import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Launch {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What the keeper is told. */
export type Order = { readonly start: StartOrder } | { readonly kill: string } | { readonly end: true };

export interface StartOrder {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  readonly cwd: string;
}

/** What the keeper tells. */
export type Report =
  | { readonly started: string; readonly pid: number | undefined }
  | { readonly exited: string; readonly code: number | null; readonly signal: string | null };

/** Another program within which a keeper runs, such as one that makes namespaces, and which cleans up after it. */
export interface Enclosure {
  readonly program: string;
  /** Before the keeper's own command line. */
  readonly args: readonly string[];
}

/** The running programs of one cluster, all children of its keeper, so that none outlives this process. */
export class Programs {
  private readonly keeper: ChildProcess;
  private readonly exits = new Map<string, PromiseWithExit>();
  private readonly killed = new Map<string, PromiseWithExit>();
  private readonly pids = new Map<string, number>();
  private over = false;

  /**
   * `folder` is the cluster's own: the keeper, or what encloses it, removes it at the end. `onDeath`: a program ended although
   * nobody ended it. `env`: of every program.
   */
  constructor(
    private readonly folder: string,
    private readonly onDeath: (death: ProgramEnded) => void,
    enclosure?: Enclosure,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    // execArgv: the keeper is plain JavaScript and must not load this process's TypeScript hooks.
    const inside = enclosure && { execPath: enclosure.program, execArgv: [...enclosure.args, process.execPath] };
    const errors = openSync(this.logFile('keeper'), 'a');
    const options: ForkOptions = { detached: true, stdio: ['ignore', errors, errors, 'ipc'], execArgv: [], ...inside };
    this.keeper = fork(join(__dirname, 'keeper.mjs'), enclosure === undefined ? [folder] : [], options);
    closeSync(errors);
    this.keeper.on('message', (message) => this.hear(message as Report));
    this.keeper.once('exit', () => this.keeperEnded());
    // A cluster nobody stopped does not keep its process alive.
    this.keeper.unref();
    this.keeper.channel?.unref();
  }

  start({ name, program, args, env = {} }: Launch): void {
    this.exits.set(name, promiseWithExit());
    this.order({
      start: { name, program, args: [...args], env: { ...inheritedEnvironment(), ...this.env, ...env }, log: this.logFile(name), cwd: this.folder },
    });
  }

  /** Ends a program at once, as a crash would. Resolves when it is gone. */
  async kill(name: string): Promise<void> {
    const exit = this.exits.get(name);
    if (exit === undefined) return;
    this.exits.delete(name);
    this.killed.set(name, exit);
    this.order({ kill: name });
    await exit.promise;
  }

  /** Rejects when the program ends although nobody ended it. */
  async untilItFails(name: string): Promise<never> {
    const how = await this.exits.get(name)?.promise;
    throw new ProgramEnded(name, how ?? 'it was never started', this.lastWords(name));
  }

  pid(name: string): number | undefined {
    return this.pids.get(name);
  }

  /** The keeper's, or that of what encloses it. */
  get keeperPid(): number | undefined {
    return this.keeper.pid;
  }

  get pidsOfAll(): readonly number[] {
    return [...this.pids.values(), ...(this.keeper.pid === undefined ? [] : [this.keeper.pid])];
  }

  logFile(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  /** Ends every program and removes the folder. Resolves when the keeper itself is gone. */
  async end(): Promise<void> {
    if (this.over) return;
    const gone = new Promise<void>((resolve) => this.keeper.once('exit', () => resolve()));
    this.keeper.ref();
    this.keeper.send({ end: true } satisfies Order);
    this.over = true;
    await gone;
  }

  private order(order: Order): void {
    if (!this.over) this.keeper.send(order);
  }

  private hear(report: Report): void {
    if ('started' in report && report.pid !== undefined) this.pids.set(report.started, report.pid);
    if ('exited' in report) {
      this.pids.delete(report.exited);
      this.exited(report.exited, report.signal ?? `exit code ${String(report.code)}`);
    }
  }

  private exited(name: string, how: string): void {
    const killed = this.killed.get(name);
    if (killed !== undefined) {
      this.killed.delete(name);
      killed.resolve(how);
      return;
    }
    this.exits.get(name)?.resolve(how);
    if (!this.over) this.onDeath(new ProgramEnded(name, how, this.lastWords(name)));
  }

  private keeperEnded(): void {
    this.over = true;
    // Killed without a chance to clean up: its children are still in its process group.
    if (this.keeper.signalCode !== null && this.keeper.pid !== undefined) endGroup(this.keeper.pid);
    for (const exit of [...this.exits.values(), ...this.killed.values()]) exit.resolve('its keeper ended');
  }

  private lastWords(name: string): string {
    try {
      return readFileSync(this.logFile(name), 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    } catch {
      return '(no log)';
    }
  }
}

/** A program of the cluster ended by itself. */
export class ProgramEnded extends Error {
  constructor(
    readonly program: string,
    how: string,
    readonly log: string,
  ) {
    super(`${program} ended by itself (${how}):\n${log}`);
  }
}

interface PromiseWithExit {
  readonly promise: Promise<string>;
  readonly resolve: (how: string) => void;
}

function promiseWithExit(): PromiseWithExit {
  let resolve: (how: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  return { promise, resolve };
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

/** What Go programs need of this process's environment; nothing that points them at another cluster or proxy. */
function inheritedEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
