import assert from 'node:assert/strict';
import { capability, engineMethods, engineRows, MATRIX_LINES, PROMISED_CAPABILITIES, rowName, type Capability, type EngineRow } from '../../../../src/kubeblocks/engineMatrix';
import type { KubeBlocksLine } from '../../../../src/kubeblocks/kinds';
import { hover } from '../../../../src/manifest/assist/hover';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile } from '../../../../src/manifest/manifestFile';
import { assistContext, atCaret, labels } from '../../../support/manifestCaret';
import { dialectOf } from '../../../support/manifestDialect';

/** A component definition of each form of an engine that has one. */
const DEFINITIONS = [
  'postgresql-14', 'apecloud-mysql-8.0', 'mysql-8.0', 'mongodb', 'redis-7', 'redis-cluster-7', 'nebula-graphd', 'milvus-standalone', 'milvus-proxy',
  'qdrant', 'weaviate', 'clickhouse-24', 'elasticsearch-8', 'etcd', 'kafka-broker', 'mariadb', 'oceanbase-ce', 'tidb', 'valkey-8', 'falkordb-4', 'zookeeper',
  'vanilla-postgresql-14', 'mogdb', 'mssql',
];

const TITLES: Readonly<Record<string, string>> = { scheduled: 'Scheduled', realTime: 'Real-time', snapshot: 'Snapshot', datafile: 'Datafile', log: 'Log', full: 'Full', pitr: 'PITR', compression: 'Compression' } satisfies Partial<Record<Capability, string>>;

function cluster(line: KubeBlocksLine, definition: string, backup: string): string {
  const version = line === '0.9' ? 'v1alpha1' : 'v1';
  return `apiVersion: apps.kubeblocks.io/${version}\nkind: Cluster\nmetadata: {name: db, namespace: shop}\nspec:\n  terminationPolicy: Delete\n  componentSpecs: [{name: db, componentDef: ${definition}, replicas: 1}]\n  backup:\n${backup}`;
}

function codes(text: string, line: KubeBlocksLine): readonly string[] {
  return judgeFile(readFile(text), [], dialectOf(line)).map(({ code }) => code).filter((code) => code === 'KB-E001' || code === 'KB-E002');
}

function said(marked: string, line: KubeBlocksLine): readonly string[] {
  const { file, offset } = atCaret(marked);
  return (hover(file, offset, assistContext(line))?.blocks ?? []).flatMap((block) => (block.kind === 'list' ? block.items : block.kind === 'rule' ? [] : [block.text]));
}

function rowOf(definition: string, line: KubeBlocksLine): EngineRow | undefined {
  return engineRows(line).find((row) => row.definition?.test(definition) === true);
}

describe('what an engine can, by definition and line', () => {
  for (const line of MATRIX_LINES) {
    const every = [...new Set(engineRows(line).flatMap((row) => engineMethods(row, line).map(({ name }) => name)))];
    for (const definition of DEFINITIONS) {
      const row = rowOf(definition, line);
      if (row === undefined) continue;
      const methods = engineMethods(row, line);
      it(`is the same to rules, completion and hover: ${rowName(row)} on ${line}`, () => {
        const full = methods.filter(({ type }) => type === 'Full').map(({ name }) => name);
        assert.deepEqual(labels(cluster(line, definition, '    method: |\n'), assistContext(line)), full);
        for (const name of every) {
          const found = codes(cluster(line, definition, `    enabled: true\n    method: ${name}\n    cronExpression: 0 2 * * *\n`), line);
          assert.equal(found.includes('KB-E001'), !methods.some((method) => method.name === name), name);
        }
        const pitr = codes(cluster(line, definition, `    enabled: true\n    method: ${full[0] ?? 'none'}\n    cronExpression: 0 2 * * *\n    pitrEnabled: true\n`), line);
        assert.equal(pitr.includes('KB-E002'), capability(row, 'pitr', line).methods.length === 0);
        for (const { name, type } of methods.filter((method) => method.type === 'Full' || method.type === 'Continuous')) {
          const field = type === 'Full' ? 'method' : 'continuousMethod';
          const words = said(cluster(line, definition, `    ${field}: |${name}\n`), line);
          const given = /^Capabilities: (.*)$/m.exec(words.join('\n'))?.[1]?.split(', ') ?? [];
          const expected: readonly string[] = PROMISED_CAPABILITIES.filter((of) => capability(row, of, line).methods.some((method) => method.name === name)).map((of) => TITLES[of] ?? of);
          assert.deepEqual(given.filter((title) => Object.values(TITLES).includes(title)), expected, `${name}: ${words.join(' / ')}`);
        }
      });
    }
  }
});
