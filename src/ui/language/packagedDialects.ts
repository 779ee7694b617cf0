import type * as vscode from 'vscode';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../../manifest/dialect';
import { createDialects } from '../../manifest/session/dialects';
import { createSchemaReader } from './schemaReader';

let known: ((line: KubeBlocksLine) => Promise<Dialect>) | undefined;

/** What a line speaks, from the schemas of the package; each is read once. */
export function packagedDialect(extensionUri: vscode.Uri, line: KubeBlocksLine): Promise<Dialect> {
  known ??= createDialects(createSchemaReader(extensionUri));
  return known(line);
}
