import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dialectOf } from '../support/manifestDialect';
import { measureServer, type Measured, type Server } from './languageServer';

const COUNTS = [1, 10, 100, 1000];

/**
 * Our language server beside yaml-language-server (its main file is the argument; without one ours alone): the same files,
 * the same client, in turn. It gets our schemas by its own setting, as one that tells the kinds apart. Prints one line of JSON.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kubeblocks-bench-'));
  const [, , theirs] = process.argv;
  const servers: Record<string, Server> = {
    ours: { args: ['dist/cli.js', 'lsp', '--stdio'], settings: { '': { kubeblocksVersion: '1.0' }, kubeblocksBackup: { kubeblocksVersion: '1.0' } } },
    ...(theirs !== undefined && { theirs: { args: [theirs, '--stdio'], settings: { yaml: yamlSettings(folder) } } }),
  };
  const found: Record<string, Record<number, Measured>> = {};
  for (const count of COUNTS) {
    for (const [name, server] of Object.entries(servers)) found[name] = { ...found[name], [count]: await measureServer(server, count) };
  }
  rmSync(folder, { recursive: true });
  process.stdout.write(`${JSON.stringify(found)}\n`);
}

function yamlSettings(folder: string): object {
  const file = join(folder, 'kubeblocks.json');
  const kinds = dialectOf('1.0').kinds.map(({ apiVersion, kind, schema }) => ({ if: { required: ['apiVersion', 'kind'], properties: { apiVersion: { const: apiVersion }, kind: { const: kind } } }, then: schema }));
  writeFileSync(file, JSON.stringify({ type: 'object', allOf: kinds }));
  return { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: { [pathToFileURL(file).href]: '*.yaml' } };
}

void main();
