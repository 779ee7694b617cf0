import type { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { newKubeConfig } from '../../support/clientNode';
import type { ReachedNode } from '../lane/nodeLane';

export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A node on which something is run in a pod. */
export type PodHost = Pick<ReachedNode, 'kubeconfig'>;

/**
 * Runs a script for bash in a container, without input. Gives what it printed; rejects with what it complained of. By the
 * client library and not by kubectl, which would be another process each time.
 */
export async function runInPod({ kubeconfig }: PodHost, { namespace, pod, container }: PodPlace, script: string, args: readonly string[] = []): Promise<string> {
  const { Exec } = await import('@kubernetes/client-node');
  const config = await newKubeConfig();
  config.loadFromFile(kubeconfig);
  const [output, errors] = [new Collected(), new Collected()];
  const place = `${namespace}/${pod}, container ${container}`;
  const command = ['bash', '-c', `set -euo pipefail\n${script}`, 'script', ...args];
  await new Promise<void>((resolve, reject) => {
    const settle = ({ status, message = '' }: { status?: string; message?: string }): void => {
      if (status === 'Success') resolve();
      else reject(new Error(`a script in ${place}: ${message}: ${errors.text.trim() || output.text.trim()}`));
    };
    new Exec(config)
      .exec(namespace, pod, container, command, output, errors, null, false, settle)
      // Without effect once its status was told.
      .then((socket: EventEmitter) => void socket.once('close', () => settle({ message: 'the connection ended before it did' })))
      .catch((error: unknown) => reject(new Error(`no script could be run in ${place}: ${messageOf(error)}`)));
  });
  return output.text;
}

/** What was written to it. */
class Collected extends Writable {
  private readonly chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
}

/** The library rejects with an event of its socket. */
function messageOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error) ? String(error.message) : String(error);
}
