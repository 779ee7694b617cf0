import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { UsageError } from '../usageError';

/** The files that paths name: a file itself, of a folder the YAML files in it and below (and what kustomize reads as such). Throws `UsageError` for what is not there. */
export function manifestFiles(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => (path === '-' ? [path] : isFolder(path) ? filesBelow(path) : [path]));
  return [...new Set(files)];
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path);
    return /\.ya?ml$|^Kustomization$/i.test(entry.name) ? [path] : [];
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read: {1}.', path, error instanceof Error ? error.message : String(error)));
  }
}
