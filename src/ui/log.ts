import * as vscode from 'vscode';
import type { Log } from './app';

/** The one log channel. Below the user interface it is seen as a `Logger`. */
export function createLog(): Log & { dispose(): void } {
  const channel = vscode.window.createOutputChannel('KubeBlocks Backup', { log: true });
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(message),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
