import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../setup/browser.mjs';

/** Where the program lies, seen from the folder of the `code` command that starts it. */
const PROGRAMS = ['../code', '../codium', '../Code.exe', '../VSCodium.exe', '../../../MacOS/Code', '../../../MacOS/Electron'];

/**
 * An installed desktop VS Code: the program itself. The `code` command would start it and let go of it, so that
 * nobody could end it again. The `code` of a remote terminal has no program beside it and is passed over.
 * @returns {string | undefined}
 */
export function findDesktop() {
  const command = findOnPath(['code', 'code-insiders', 'codium']);
  if (!command) return undefined;
  const folder = path.dirname(realpathSync(command));
  return PROGRAMS.map((relative) => path.resolve(folder, relative)).find((file) => existsSync(file) && file !== command);
}
