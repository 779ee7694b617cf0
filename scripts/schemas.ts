import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LINES, type KubeBlocksLine } from '../src/kubeblocks/kinds';
import type { CrdDefinition } from '../src/kubeblocks/schema/crd';
import type { CompactCrds } from '../src/kubeblocks/schema/compactCrds';
import { loadCrds } from '../src/playground/admission/loadCrds';
import { compactCrds, printCompactCrds, printNodes, type LineCrds } from './compactCrds';
import { readCrdFolders } from './readCrdFolders';

const USAGE =
  'usage: npx tsx scripts/schemas.ts --line 1.0 --release v1.0.2 --crds DIR [--crds DIR…]\n' +
  'Writes schemas/<line>.json, and schemas/nodes.json that all lines share, from the CustomResourceDefinitions of a KubeBlocks release (deploy/helm/crds and its\n' +
  'folder snapshot). Where two folders have the same definition, the first counts.\n';

/** The groups of backup and restore, and of the clusters they work on. */
const GROUPS = new Set([
  'dataprotection.kubeblocks.io',
  'operations.kubeblocks.io',
  'storage.kubeblocks.io',
  'snapshot.storage.k8s.io',
]);
const APPS = new Set([
  'backuppolicytemplates',
  'clusterdefinitions',
  'clusters',
  'componentdefinitions',
  'components',
  'componentversions',
  'opsrequests',
  'servicedescriptors',
  'shardingdefinitions',
]);

function isWanted(crd: CrdDefinition): boolean {
  return GROUPS.has(crd.group) || (crd.group === 'apps.kubeblocks.io' && APPS.has(crd.plural));
}

function firstOfEach(definitions: readonly CrdDefinition[]): CrdDefinition[] {
  const byName = new Map<string, CrdDefinition>();
  for (const crd of definitions) {
    const name = `${crd.plural}.${crd.group}`;
    if (!byName.has(name)) byName.set(name, crd);
  }
  return [...byName.values()];
}

function isLine(text: string | undefined): text is KubeBlocksLine {
  return LINES.some((line) => line === text);
}

const SCHEMAS = join(__dirname, '..', 'schemas');

function fileOf(line: CompactCrds['line']): string {
  return join(SCHEMAS, `${line}.json`);
}

/** A line as it is stored: its nodes get new places in the pool when another line changes. */
function storedLine(line: KubeBlocksLine): LineCrds[] {
  if (!existsSync(fileOf(line))) return [];
  const { source } = JSON.parse(readFileSync(fileOf(line), 'utf8')) as CompactCrds;
  return [{ line, source, definitions: loadCrds(line, SCHEMAS) }];
}

function main(): number {
  const { values } = parseArgs({
    options: { line: { type: 'string' }, release: { type: 'string' }, crds: { type: 'string', multiple: true } },
  });
  if (!isLine(values.line) || values.release === undefined || values.crds === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const definitions = firstOfEach(readCrdFolders(values.crds)).filter(isWanted);
  const source = `Structure of the CustomResourceDefinitions of KubeBlocks ${values.release} (deploy/helm/crds), Apache-2.0; made by scripts/schemas.ts`;
  const made = { line: values.line, source, definitions };
  const { lines, nodes } = compactCrds(LINES.flatMap((line) => (line === made.line ? [made] : storedLine(line))));
  for (const each of lines) writeFileSync(fileOf(each.line), printCompactCrds(each));
  writeFileSync(join(SCHEMAS, 'nodes.json'), printNodes(nodes));
  process.stdout.write(`${fileOf(made.line)}: ${definitions.length} kinds; ${nodes.length} schema nodes of all lines\n`);
  return 0;
}

process.exitCode = main();
