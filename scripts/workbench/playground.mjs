import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/project.mjs';
import { start } from './process.mjs';

/**
 * Starts the bundled playground on a free port.
 * @param {{ kubeconfig: string, speed?: number, users?: boolean, node?: string }} options kubeconfig: the file it writes; users: with fewer rights, too; node: what runs it, by default what runs this
 */
export async function startPlayground({ kubeconfig, speed = 1, users = false, node = process.execPath }) {
  const args = [path.join(ROOT, 'dist', 'cli.js'), 'playground', '--port', '0', '--kubeconfig', kubeconfig, '--speed', String(speed), ...(users ? ['--users'] : [])];
  const playground = start('The playground', node, args);
  try {
    const [line] = await playground.printed(/^\{.*"address".*\}$/m, 20_000);
    const { address } = JSON.parse(line);
    const token = /\btoken: "?([^"\s]+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? '';
    return { ...playground, address: /** @type {string} */ (address), token };
  } catch (error) {
    await playground.stop();
    throw error;
  }
}
