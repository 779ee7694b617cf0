import { cpSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../setup/project.mjs';

/**
 * Copies the sample workspace, so that trying things out changes nothing in the repository.
 * @param {string} parent
 * @returns {string} the copy's folder
 */
export function sampleWorkspace(parent) {
  const folder = path.join(parent, 'invoices');
  cpSync(path.join(ROOT, 'scripts', 'workbench', 'workspace'), folder, { recursive: true });
  return folder;
}
