import assert from 'node:assert/strict';
import { CAPABILITIES, MATRIX_LINES, capability, engineMethods, engineRows, isPartWithoutPolicy, knowsMethod, rowName, rowOfDefinition, rowOfTopology, rowsOfActionSet, type Capability } from '../../../src/kubeblocks/engineMatrix';
import { ENGINE_ROWS } from '../../../src/kubeblocks/engineRows';
import { LINES, type KubeBlocksLine } from '../../../src/kubeblocks/kinds';

/** The eight columns of the introduction page, in its order. */
const PAGE: readonly Capability[] = ['scheduled', 'realTime', 'snapshot', 'datafile', 'log', 'full', 'pitr', 'compression'];

/** `x` where a method does it. */
function ticks(name: string, line: KubeBlocksLine): string {
  const row = engineRows(line).find((each) => rowName(each) === name);
  assert.ok(row, name);
  return PAGE.map((of) => (capability(row, of, line).methods.length > 0 ? 'x' : '-')).join('');
}

describe('the engine matrix', () => {
  const today: readonly (readonly [name: string, line: KubeBlocksLine, ticks: string])[] = [
    ['PostgreSQL', '1.0', 'xxxxxxxx'],
    ['ApeCloud MySQL', '1.0', 'xxxxxxxx'],
    ['MongoDB (replica set)', '1.0', 'xxxxxxxx'],
    ['MongoDB (sharding)', '1.0', 'xx-xxxxx'],
    ['Redis (standalone, replication)', '1.2', 'xxxxxxxx'],
    ['Redis (cluster)', '1.2', 'x--x-x-x'],
    ['Prometheus', '1.2', '--------'],
    ['Nebula', '1.2', 'x--x-x--'],
    ['Milvus (standalone)', '1.2', 'x-x--x--'],
    ['Milvus (cluster)', '1.2', 'x--x-x--'],
    ['Qdrant', '1.2', 'x--x-x--'],
    ['Weaviate', '1.2', 'x-x--x--'],
    ['TiDB', '0.9', 'x--x-x--'],
    ['TiDB', '1.0', 'xx-xxxx-'],
  ];
  for (const [name, line, expected] of today) it(`says what ${name} can on ${line}`, () => assert.equal(ticks(name, line), expected));

  it('gives a reason for each cross, and none for a tick', () => {
    for (const line of MATRIX_LINES) {
      for (const row of engineRows(line)) {
        for (const of of CAPABILITIES) {
          const { methods, reason } = capability(row, of, line);
          assert.equal(reason === undefined, methods.length > 0, `${rowName(row)} ${of} on ${line}`);
          if (reason !== undefined) assert.match(reason, /\.$/);
        }
      }
    }
  });

  it('says since when, where a later line can', () => {
    const row = rowOfTopology('tidb', 'cluster', '0.9');
    assert.equal(row && capability(row, 'pitr', '0.9').reason, 'Since 1.0, with br-log.');
  });

  it('knows nothing of lines whose add-ons it does not have', () => {
    for (const line of LINES.filter((each) => !MATRIX_LINES.includes(each))) assert.deepEqual(engineRows(line), []);
    assert.equal(rowOfTopology('mssql', undefined, '1.1'), undefined);
  });

  it('finds the row of a topology, and the default one', () => {
    const name = (row: ReturnType<typeof rowOfTopology>): string | undefined => row && rowName(row);
    assert.equal(name(rowOfTopology('redis', 'cluster', '1.0')), 'Redis (cluster)');
    assert.equal(name(rowOfTopology('redis', undefined, '1.0')), 'Redis (standalone, replication)');
    assert.equal(name(rowOfTopology('redis', 'unheard-of', '1.0')), undefined);
    assert.equal(name(rowOfTopology('milvus', 'cluster', '1.0')), 'Milvus (cluster)');
  });

  const definitions: readonly (readonly [componentDef: string, name: string | undefined])[] = [
    ['redis-7', 'Redis (standalone, replication)'],
    ['redis-7-1.0.2', 'Redis (standalone, replication)'],
    ['^redis-\\d+', 'Redis (standalone, replication)'],
    ['redis-cluster-7', 'Redis (cluster)'],
    ['redis-sentinel-7', undefined],
    ['mysql-8.0', 'MySQL (semisync, group replication)'],
    ['mysql-mgr-8.0', 'MySQL (semisync, group replication)'],
    ['mysql-orc-8.0', 'MySQL (orchestrator)'],
    ['apecloud-mysql', 'ApeCloud MySQL'],
    ['postgresql-16', 'PostgreSQL'],
    ['vanilla-postgresql-14', 'PostgreSQL (vanilla)'],
    ['mongo-shard-1', undefined],
    ['our-own', undefined],
  ];
  for (const [componentDef, name] of definitions) {
    it(`takes ${componentDef} for ${name ?? 'none of its rows'}`, () => {
      const row = rowOfDefinition(componentDef, '1.0');
      assert.equal(row && rowName(row), name);
    });
  }

  it('tells parts without a policy', () => {
    assert.ok(isPartWithoutPolicy('redis-sentinel-7') && isPartWithoutPolicy('^mongo-mongos-'));
    assert.ok(!isPartWithoutPolicy('redis-7') && !isPartWithoutPolicy('our-own'));
  });

  it('offers no methods that KubeBlocks keeps for itself, and knows them', () => {
    const row = rowOfTopology('redis', 'cluster', '1.0');
    assert.ok(row);
    assert.deepEqual(engineMethods(row, '1.0').map(({ name }) => name), ['datafile']);
    assert.ok(knowsMethod(row, 'backup-for-rebuild-instance', '1.0'));
  });

  it('has each method once in a row, with full methods for incremental ones', () => {
    for (const row of ENGINE_ROWS) {
      const names = row.methods.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, rowName(row));
      for (const { type, compatibleMethod } of row.methods) if (type === 'Incremental') assert.ok(compatibleMethod !== undefined && names.includes(compatibleMethod), rowName(row));
    }
  });

  it('says whose an action set is', () => {
    assert.deepEqual(rowsOfActionSet('mysql-pitr').map(rowName), ['MySQL (semisync, group replication)', 'MySQL (orchestrator)']);
    assert.deepEqual(rowsOfActionSet('our-own'), []);
  });
});
