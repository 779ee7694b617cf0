import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import { manyManifests, TYPED } from './manyManifests';

/** What an editor would measure of a language server, in ms and MB. */
export interface Measured {
  /** From the start of the process to the first diagnostics. */
  readonly cold: number;
  /** From a change to its diagnostics; the least of several. */
  readonly keystroke: number;
  readonly completion: number;
  readonly hover: number;
  /** Of the whole process after that; NaN where the system does not tell. */
  readonly memoryMb: number;
}

export interface Server {
  readonly args: readonly string[];
  /** By section of the configuration; sent with `initialize` under the empty name. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const KEYSTROKES = 7;
const QUESTIONS = 5;
const URI = 'file:///bench/manifests.yaml';

/** Drives a server over stdio with a file of so many documents, in which somebody types. */
export async function measureServer({ args, settings }: Server, documents: number): Promise<Measured> {
  const text = manyManifests(documents);
  const started = performance.now();
  const server = spawn(process.execPath, [...args], { stdio: 'pipe' });
  const connection = connect(server, settings);
  try {
    const client = new Editor(connection);
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: CAPABILITIES, workspaceFolders: null, initializationOptions: settings[''] });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await client.open(text);
    const cold = performance.now() - started;
    const { line, character } = middleOf(text);
    const keystroke = await least(KEYSTROKES, (round) => client.type({ line, character }, String(round + 1)));
    const completion = await least(QUESTIONS, () => client.ask('textDocument/completion', { line, character }));
    const hover = await least(QUESTIONS, () => client.ask('textDocument/hover', { line, character: 4 }));
    return { cold, keystroke, completion, hover, memoryMb: memoryOf(server) };
  } finally {
    connection.dispose();
    server.kill('SIGKILL');
  }
}

const CAPABILITIES = { workspace: { configuration: true, didChangeConfiguration: {} }, textDocument: { publishDiagnostics: { versionSupport: true }, completion: { completionItem: { snippetSupport: true } }, hover: {} } };

function connect(server: ChildProcessWithoutNullStreams, settings: Server['settings']): MessageConnection {
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly { readonly section: string }[] }) => items.map(({ section }) => settings[section] ?? null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onUnhandledNotification(() => undefined);
  connection.listen();
  return connection;
}

class Editor {
  private version = 1;
  private told: (() => void) | undefined;

  constructor(private readonly connection: MessageConnection) {
    connection.onNotification('textDocument/publishDiagnostics', ({ uri }: { readonly uri: string }) => {
      if (uri === URI) this.told?.();
    });
  }

  async open(text: string): Promise<void> {
    const coming = this.diagnostics();
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'yaml', version: 1, text } });
    await coming;
  }

  /** How long it takes to the diagnostics. */
  async type(at: Place, newText: string): Promise<number> {
    const coming = this.diagnostics();
    const started = performance.now();
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version: (this.version += 1) }, contentChanges: [{ range: { start: at, end: at }, text: newText }] });
    await coming;
    return performance.now() - started;
  }

  async ask(method: string, position: Place): Promise<number> {
    const started = performance.now();
    await this.connection.sendRequest(method, { textDocument: { uri: URI }, position });
    return performance.now() - started;
  }

  private diagnostics(): Promise<void> {
    return new Promise((resolve) => (this.told = resolve));
  }
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** Behind the number of the retention that stands nearest to the middle. */
function middleOf(text: string): Place {
  const after = text.indexOf(TYPED, Math.floor(text.length / 2));
  const offset = (after < 0 ? text.indexOf(TYPED) : after) + TYPED.length - 1;
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - before.lastIndexOf('\n') - 1 };
}

async function least(rounds: number, measure: (round: number) => Promise<number>): Promise<number> {
  let found = Infinity;
  for (let round = 0; round < rounds; round += 1) found = Math.min(found, await measure(round));
  return found;
}

/** Resident set, as Linux tells it. */
function memoryOf({ pid }: ChildProcessWithoutNullStreams): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
  } catch {
    return NaN;
  }
}
