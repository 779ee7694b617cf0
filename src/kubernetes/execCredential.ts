import { spawn } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { isObject, listIn, objectIn, stringIn, type JsonObject } from './jsonReading';

/** `ExecCredential.status` (client.authentication.k8s.io). */
export interface ExecCredential {
  readonly token?: string;
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
  /** Milliseconds since the epoch; undefined when it lasts. */
  readonly expires?: number;
}

export interface ExecOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `KUBERNETES_EXEC_INFO` says of the cluster, when the plugin asks for it. */
  readonly cluster: JsonObject;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const LARGEST_OUTPUT = 1024 * 1024;
const DEFAULT_VERSION = 'client.authentication.k8s.io/v1';

/**
 * Runs the credential plugin of a kubeconfig user once. Without a terminal, as kubectl does when it has none: one that
 * must ask is refused. Its output never becomes part of a message.
 */
export async function runExecPlugin(exec: JsonObject, options: ExecOptions): Promise<ExecCredential> {
  const command = stringIn(exec, 'command') ?? '';
  const args = listIn(exec, 'args').filter((arg) => typeof arg === 'string');
  if (command === '') {
    throw new Error(l10n.t('The kubeconfig names no command for its credential plugin. Correct the file.'));
  }
  if (stringIn(exec, 'interactiveMode') === 'Always') {
    throw new Error(l10n.t('The credential plugin {0} must ask for something. Run "{1}" in a terminal, then refresh.', command, commandLine(command, args)));
  }
  const output = await run(command, args, environment(exec, options), options, stringIn(exec, 'installHint'));
  return parse(output, command);
}

/** To be typed by a person; without the arguments where one of them may be a secret. */
function commandLine(command: string, args: readonly string[]): string {
  const words = args.some((arg) => /secret|password|token=|key=/i.test(arg)) ? [command] : [command, ...args];
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

function environment(exec: JsonObject, { env, cluster }: ExecOptions): NodeJS.ProcessEnv {
  const own = listIn(exec, 'env').filter(isObject).map((entry) => [String(entry.name), String(entry.value)] as const);
  const info = {
    apiVersion: stringIn(exec, 'apiVersion') ?? DEFAULT_VERSION,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo === true ? { cluster } : {}) },
  };
  return { ...env, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) };
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { timeoutMs, signal }: ExecOptions,
  installHint: string | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const plugin = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (error: Error): void => {
      plugin.kill('SIGKILL');
      plugin.stdout.destroy();
      finish(() => reject(error));
    };
    const stop = (): void => end(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    const late = setTimeout(() => end(new Error(tooLate(command, timeoutMs))), timeoutMs);
    const finish = (settle: () => void): void => {
      clearTimeout(late);
      signal?.removeEventListener('abort', stop);
      settle();
    };
    signal?.addEventListener('abort', stop);
    plugin.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > LARGEST_OUTPUT) {
        end(new Error(l10n.t('The credential plugin {0} printed too much.', command)));
      }
    });
    plugin.on('error', (error) => finish(() => reject(new Error(notRun(command, error, installHint)))));
    plugin.on('close', (code) =>
      finish(() => {
        if (code === 0) {
          resolve(Buffer.concat(chunks).toString('utf8'));
        } else {
          reject(new Error(l10n.t('The credential plugin {0} failed with code {1}. Run it in a terminal to see why.', command, String(code))));
        }
      }),
    );
  });
}

function tooLate(command: string, timeoutMs: number): string {
  return l10n.t(
    'The credential plugin {0} did not end within {1} s. It may wait for a login: run it in a terminal, then refresh.',
    command,
    Math.round(timeoutMs / 1000),
  );
}

function notRun(command: string, error: Error, installHint: string | undefined): string {
  if (stringIn(error, 'code') !== 'ENOENT') {
    return l10n.t('The credential plugin {0} could not be run: {1}', command, error.message);
  }
  return installHint === undefined
    ? l10n.t('The credential plugin {0} is not installed. Install it, or put it on the PATH.', command)
    : l10n.t('The credential plugin {0} is not installed. {1}', command, installHint.trim());
}

function parse(output: string, command: string): ExecCredential {
  let status: JsonObject;
  try {
    status = objectIn(JSON.parse(output), 'status');
  } catch {
    status = {};
  }
  const token = stringIn(status, 'token');
  const clientCertificateData = stringIn(status, 'clientCertificateData');
  const clientKeyData = stringIn(status, 'clientKeyData');
  if (token === undefined && (clientCertificateData === undefined || clientKeyData === undefined)) {
    throw new Error(l10n.t('The credential plugin {0} printed no credential. Run it in a terminal to see why.', command));
  }
  const expires = Date.parse(stringIn(status, 'expirationTimestamp') ?? '');
  return {
    ...(token === undefined ? {} : { token }),
    ...(clientCertificateData === undefined ? {} : { clientCertificateData }),
    ...(clientKeyData === undefined ? {} : { clientKeyData }),
    ...(Number.isNaN(expires) ? {} : { expires }),
  };
}
