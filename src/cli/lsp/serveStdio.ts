import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createConnection } from 'vscode-languageserver/node';
import type { FieldDocs } from '../../manifest/assist/fieldDocs';
import { createDialects } from '../../manifest/session/dialects';
import { loadFieldDocs } from '../../manifest/session/loadFieldDocs';
import { diskFiles } from './diskFiles';
import { serve } from './serve';

/** Never resolves: the connection ends the process, with 0 after a proper shutdown. */
export function serveStdio(schemasFolder: string): Promise<never> {
  const connection = createConnection(stdin, stdout);
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(schemasFolder, name), 'utf8'));
  const dialectOf = createDialects(read);
  let docs: Promise<FieldDocs> | undefined;
  serve(connection, { dialectOf, docs: () => (docs ??= loadFieldDocs(read, dialectOf)), now: () => Date.now(), turnClock: { now: () => performance.now(), pause: () => new Promise((resolve) => void setImmediate(resolve)) }, filesIn: diskFiles });
  connection.listen();
  return new Promise(() => undefined);
}
