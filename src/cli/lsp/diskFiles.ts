import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { WorkspaceFiles } from '../../manifest/session/workspaceIndex';
import { manifestFiles } from '../lint/manifestFiles';

/** The YAML files below the folders that an editor has open. */
export function diskFiles(folders: readonly string[]): WorkspaceFiles {
  const roots = folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
  return {
    find: (limit) => Promise.resolve(manifestFiles(roots).slice(0, limit).map((path) => pathToFileURL(path).href)),
    read: async (uri, maxBytes) => {
      if (!uri.startsWith('file:')) return undefined;
      const path = fileURLToPath(uri);
      try {
        return (await stat(path)).size > maxBytes ? undefined : await readFile(path, 'utf8');
      } catch {
        // Gone, or not for this person to read: then it says nothing.
        return undefined;
      }
    },
    nameOf: (uri) => {
      const path = uri.startsWith('file:') ? fileURLToPath(uri) : uri;
      const root = roots.find((each) => path.startsWith(each));
      return root === undefined ? path : relative(root, path);
    },
  };
}
