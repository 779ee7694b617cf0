import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createConnection } from 'vscode-languageserver/node';
import { createDialects } from '../../manifest/session/dialects';
import { diskFiles } from './diskFiles';
import { serve } from './serve';

/** Never resolves: the connection ends the process, with 0 after a proper shutdown. */
export function serveStdio(schemasFolder: string): Promise<never> {
  const connection = createConnection(stdin, stdout);
  const dialectOf = createDialects(async (name) => JSON.parse(await readFile(join(schemasFolder, name), 'utf8')) as unknown);
  serve(connection, { dialectOf, filesIn: diskFiles });
  connection.listen();
  return new Promise(() => undefined);
}
