import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './command.mjs';
import { ROOT, say } from './project.mjs';

/** Installs what package-lock.json names, unless node_modules holds just that already. */
export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  say('Installing dependencies (npm ci)…');
  await npm('The dependencies could not be installed', 'Check the network and run the command again.', ['ci', '--no-audit', '--no-fund']);
}

/** npm keeps a second lock file in node_modules of what it really put there; optional packages depend on the machine. */
function dependenciesAreCurrent() {
  const installed = lockedPackages('node_modules/.package-lock.json');
  const wanted = lockedPackages('package-lock.json');
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([folder, { version, optional }]) => folder === '' || optional === true || installed[folder]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
