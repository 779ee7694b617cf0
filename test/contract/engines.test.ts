import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPABILITIES, MATRIX_LINES, capability, engineRows, rowName, type Capability, type EngineRow } from '../../src/kubeblocks/engineMatrix';
import type { KubeBlocksLine } from '../../src/kubeblocks/kinds';

const PAGE = join(__dirname, '..', '..', 'docs', 'engines.md');

const TITLES: Readonly<Record<Capability, string>> = {
  scheduled: 'Scheduled',
  realTime: 'Real-time',
  snapshot: 'Snapshot',
  datafile: 'Datafile',
  log: 'Log',
  full: 'Full',
  pitr: 'PITR',
  compression: 'Compression',
  incremental: 'Incremental',
  selective: 'Selective',
  encryption: 'Encryption',
  parameters: 'Parameters',
};

const HEAD = `# What each engine can back up

By engine, form and line of KubeBlocks, from the charts of its add-ons with their default values (\`src/kubeblocks/engineRows.ts\`). The first eight columns are those of the introduction to backup and restore in KubeBlocks' documentation; here they are tested against methods: *Scheduled* is a method with a schedule in the template, *Real-time*, *Log* and *PITR* are a method of type Continuous, *Snapshot* is one with \`snapshotVolumes\`, *Datafile* a full one that writes into a repository, *Compression* one whose script compresses, *Encryption* one that heeds the policy's \`encryptionConfig\`, *Parameters* one that takes parameters. No field of a manifest turns compression on or off.

This page is made from the matrix by \`UPDATE_GOLDEN=1 npx mocha --import=tsx test/contract/engines.test.ts\`.
`;

function tableOf(line: KubeBlocksLine): string {
  const rows = [...engineRows(line)].filter(({ methods, addon }) => methods.length > 0 || addon === 'prometheus');
  const head = `| engine | ${CAPABILITIES.map((of) => TITLES[of]).join(' | ')} |\n|---|${CAPABILITIES.map(() => '---|').join('')}`;
  return [`## ${line}`, '', head, ...rows.map((row) => `| ${rowName(row)} | ${CAPABILITIES.map((of) => (capability(row, of, line).methods.length > 0 ? '✓' : '✗')).join(' | ')} |`), ''].join('\n');
}

function methodsOf(row: EngineRow): readonly string[] {
  return row.methods.filter(({ internal }) => internal !== true).map((method) => {
    const lines = [method.since === undefined ? '' : `since ${method.since}`, method.until === undefined ? '' : `until ${method.until}`].filter((text) => text !== '').join(', ');
    const repository = method.snapshot === true ? 'none' : method.repository === 'S3' ? 'Tool, S3' : method.repository === 'Tool' ? 'Tool' : 'any';
    return `| ${rowName(row)} | \`${method.name}\` | ${method.type}${method.snapshot === true ? ', snapshot' : ''} | ${method.compatibleMethod ?? ''} | ${method.compression ?? ''} | ${repository} | ${lines} |`;
  });
}

function render(): string {
  const rows = engineRows('1.2').filter(({ methods }) => methods.length > 0);
  const methods = ['## Methods', '', '| engine | method | type | builds on | compression | repository | lines |', '|---|---|---|---|---|---|---|', ...rows.flatMap(methodsOf), ''].join('\n');
  return [HEAD, ...[...MATRIX_LINES].reverse().map(tableOf), methods].join('\n');
}

describe('the page of the engines', () => {
  it('is what the matrix says', () => {
    const page = render();
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(PAGE, page);
    assert.equal(readFileSync(PAGE, 'utf8'), page);
  });
});
