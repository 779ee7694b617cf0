import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';

export interface Installation {
  /** Holds the schemas of each KubeBlocks line. */
  readonly schemasFolder: string;
  /** Holds the playground's engines and samples. */
  readonly playgroundFolder: string;
}

/** The folder of the schemas, seen from the folder of the running program or of one of its modules. */
export function findSchemas(programFolder: string): string {
  for (let folder = programFolder; ; folder = dirname(folder)) {
    const schemas = join(folder, 'schemas');
    if (existsSync(join(schemas, 'nodes.json'))) return schemas;
    if (dirname(folder) === folder) throw new Error(l10n.t('The schemas are not above {0}. Build the package again with "npm run build".', programFolder));
  }
}

/**
 * Where the package keeps its data, seen from the folder of the running program: `dist`, or `src/cli` when the sources
 * run directly. Throws where neither fits.
 */
export function findInstallation(programFolder: string): Installation {
  for (const playgroundFolder of [join(programFolder, 'playground'), join(dirname(programFolder), 'playground')]) {
    if (!existsSync(join(playgroundFolder, 'engines'))) continue;
    const root = [dirname(programFolder), dirname(dirname(programFolder))].find((folder) => existsSync(join(folder, 'schemas')));
    if (root !== undefined) return { schemasFolder: join(root, 'schemas'), playgroundFolder };
  }
  throw new Error(l10n.t('The data of the playground is not beside {0}. Build the package again with "npm run build".', programFolder));
}
