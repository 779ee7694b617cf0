import assert from 'node:assert/strict';
import { backupTypeText } from '../../../src/kubeblocks/backupText';
import { bytesText, parseBytes } from '../../../src/kubeblocks/bytes';
import { cronText } from '../../../src/kubeblocks/cronText';
import { engineOf, engineWords } from '../../../src/kubeblocks/engine';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { ageHereText, ageText, clockSkewText, durationText, exactDurationText, localAndUtcText } from '../../../src/kubeblocks/timeText';
import { aBackup, aCluster, anEarlyFailure, anInventory, aPolicy, ms, NOW, postgresActionSets } from '../../support/builders';

describe('bytesText', () => {
  const sizes: readonly (readonly [string, string | undefined])[] = [
    ['16320875725', '15.2 GiB'],
    ['20Gi', '20 GiB'],
    ['1G', '954 MiB'],
    ['512', '512 B'],
    ['0', '0 B'],
    ['1048575', '1 MiB'],
    ['', undefined],
    ['lots', undefined],
  ];
  for (const [text, expected] of sizes) {
    it(`shows "${text}" as ${expected ?? 'nothing'}`, () => {
      const bytes = parseBytes(text);
      assert.equal(bytes === undefined ? undefined : bytesText(bytes), expected);
    });
  }
});

describe('cronText', () => {
  const words: readonly (readonly [string, string])[] = [
    ['0 18 * * *', 'daily 18:00 UTC'],
    ['@daily', 'daily 00:00 UTC'],
    ['*/30 * * * *', 'every 30 min'],
    ['15 * * * *', 'hourly at minute 15'],
    ['15 */6 * * *', 'every 6 h at minute 15'],
    ['15 1,9 * * *', '15 1,9 * * * (UTC)'],
    ['30 2 * * 1', 'Mondays 02:30 UTC'],
    ['@every 90m', 'every 1 h'],
    ['0 0 1 * *', '0 0 1 * * (UTC)'],
    ['0 25 * * *', '0 25 * * * (UTC)'],
  ];
  for (const [expression, text] of words) {
    it(`says "${text}" for ${expression}`, () => assert.equal(cronText(expression), text));
  }
});

describe('engineWords', () => {
  it('gives name and major version', () => assert.equal(engineWords(engineOf(aCluster())), 'PostgreSQL 16'));

  const definitions: readonly (readonly [string, string])[] = [
    ['apecloud-mysql-8.0-1.0.0', 'ApeCloud MySQL'],
    ['mysql-8.0', 'MySQL'],
    ['qdrant-1.0.0', 'Qdrant'],
    ['home-made', 'home-made'],
  ];
  for (const [componentDef, name] of definitions) {
    it(`knows ${componentDef}`, () => assert.equal(engineOf(aCluster('c', { spec: { componentSpecs: [{ name: 'a', componentDef }] } })).name, name));
  }
});

describe('the type of a backup', () => {
  const inventory = anInventory({ policies: [aPolicy()], actionSets: postgresActionSets() });
  const early = anEarlyFailure('early');
  const methods: readonly (readonly [string, string | undefined])[] = [
    ['pg-basebackup', 'full'],
    ['wal-g-incremental', 'incremental'],
    ['archive-wal', 'log backup'],
    ['volume-snapshot', 'snapshot'],
    ['nope', undefined],
  ];
  for (const [backupMethod, type] of methods) {
    it(`is ${type ?? 'not known'} by its policy, for one with ${backupMethod} that failed before it was labelled`, () => {
      assert.equal(backupTypeText(inventory, { ...early, spec: { ...early.spec, backupMethod } }), type);
    });
  }

  it('is the method’s at its time, where the policy changed since', () => {
    const before = aBackup('b', '09:00:00', { status: { backupMethod: { name: 'volume-snapshot', actionSetName: 'postgresql-basebackup' } } });
    assert.equal(backupTypeText(inventory, { ...before, spec: { ...before.spec, backupMethod: 'volume-snapshot' } }), 'full');
  });
});

describe('two clocks', () => {
  const skews: readonly (readonly [number, string | undefined])[] = [
    [0, undefined],
    [60_000, undefined],
    [-60_000, undefined],
    [61 * 60_000, "the cluster's clock is 1 h 1 min ahead of this machine's"],
    [-5 * 60_000, "the cluster's clock is 5 min behind this machine's"],
  ];
  for (const [ahead, text] of skews) {
    it(`are ${text === undefined ? 'not spoken of' : 'said to differ'} when one is ${ahead / 1000} s ahead`, () => {
      assert.equal(clockSkewText({ now: NOW + ahead, here: NOW, timeZone: 'UTC' }), text);
    });
  }

  it('age what happened here by the clock here', () => {
    assert.equal(ageHereText(NOW - 180_000, { now: NOW + 3_600_000, here: NOW, timeZone: 'UTC' }), '3 min ago');
    assert.equal(ageHereText(NOW - 180_000, { now: NOW, timeZone: 'UTC' }), '3 min ago');
  });
});

describe('times in words', () => {
  it('uses the largest unit that fits', () => {
    assert.deepEqual([3000, 14 * 60_000, 17 * 3_600_000, 9 * 86_400_000].map(durationText), ['3 s', '14 min', '17 h', '9 d']);
    assert.deepEqual([252_000, 9_900_000, 86_400_000].map(exactDurationText), ['4 min 12 s', '2 h 45 min', '24 h']);
  });

  const ages: readonly (readonly [number, string])[] = [
    [-5_000, 'just now'],
    [0, 'just now'],
    [999, 'just now'],
    [1_000, '1 s ago'],
    [61_000, '1 min ago'],
  ];
  for (const [age, text] of ages) {
    it(`says "${text}" of what is ${age} ms old`, () => assert.equal(ageText(0, { now: age }), text));
  }

  it('gives local time first, and the UTC date only where it differs', () => {
    assert.equal(localAndUtcText(ms('09:58:00'), { timeZone: 'Europe/Berlin' }), '2026-11-23 10:58:00 (09:58:00 UTC)');
    assert.equal(localAndUtcText(ms('09:58:00'), { timeZone: 'UTC' }), '2026-11-23 09:58:00 UTC', 'not twice the same');
    assert.equal(localAndUtcText(ms('23:58:00'), { timeZone: 'Asia/Shanghai' }), '2026-11-24 07:58:00 (2026-11-23 23:58:00 UTC)');
  });
});

describe('indexClusters of ten thousand backups', () => {
  it('looks at each backup once', () => {
    let reads = 0;
    const backups = Array.from({ length: 10_000 }, (_, index) => {
      const backup = aBackup(`b-${index}`, '09:00:00', { metadata: { labels: { 'app.kubernetes.io/instance': `c-${index % 50}` } } });
      return {
        ...backup,
        get spec() {
          reads += 1;
          return backup.spec ?? {};
        },
      };
    });
    const inventory = anInventory({ backups });
    indexClusters(inventory);
    indexClusters({ ...inventory, repos: anInventory().repos });
    assert.ok(reads <= backups.length, `${reads} reads`);
  });
});
