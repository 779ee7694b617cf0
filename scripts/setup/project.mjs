import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, whatever folder a command was typed in. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What set-up puts on this machine; ignored by git, safe to delete. */
export const TOOLS = path.join(ROOT, '.tools');

/** What builds and test runs leave behind; ignored by git, safe to delete. */
export const OUT = path.join(ROOT, 'out');

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
