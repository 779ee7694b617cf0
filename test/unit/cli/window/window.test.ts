import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { runCli } from '../../../../src/cli/runCli';
import { LABELS } from '../../../../src/kubeblocks/labels';
import { aBackup, aLog, anActionSet, aPolicy, aSchedule, postgresActionSets } from '../../../support/builders';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: readonly string[]): Promise<Outcome> {
  let [out, err] = ['', ''];
  const code = await runCli(args, { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) }, on: () => undefined });
  return { code, out, err };
}

interface Report {
  readonly segments: readonly Readonly<Record<string, string>>[];
  readonly unreachable: readonly Readonly<Record<string, string>>[];
  readonly unknown: readonly Readonly<Record<string, string>>[];
  readonly notes: readonly string[];
}

const ITEMS = [
  aBackup('full', '09:12:44'),
  aLog('09:00:00', '11:00:00'),
  aPolicy(),
  aSchedule([{ backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: true }]),
  ...postgresActionSets(),
];

describe('kubeblocks-backup window, from a dump', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'kubeblocks-window-'))));
  after(() => rmSync(folder, { recursive: true }));

  const dump = (text: string): string => {
    const file = join(folder, 'dump');
    writeFileSync(file, text);
    return file;
  };
  const list = (items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items });
  const NOW = ['--now', '2026-11-23T12:10:04Z'];

  for (const [form, write] of [
    ['YAML', (value: unknown) => stringify(value)],
    ['JSON', (value: unknown) => JSON.stringify(value)],
  ] as const) {
    it(`says start, end and why of what can, cannot and may be restored, from ${form}`, async () => {
      const { code, out } = await run('window', '--from', dump(write(list(ITEMS))), ...NOW, '-o', 'json', 'orders-pg');
      assert.equal(code, 0);
      const { segments, unreachable, unknown } = JSON.parse(out) as Report;
      assert.deepEqual([segments, unreachable, unknown].map((rows) => rows.map(({ start, end, why }) => [start, end, why])), [
        [['2026-11-23T09:12:44Z', '2026-11-23T11:00:00Z', 'base full, then log 9f1c-orders-pg-archive-wal']],
        [['2026-11-23T09:00:00Z', '2026-11-23T09:12:43Z', 'no full backup ended before it and after log 9f1c-orders-pg-archive-wal began']],
        [['2026-11-23T11:00:01Z', '2026-11-23T12:10:04Z', 'log 9f1c-orders-pg-archive-wal archived nothing since, for longer than it should take']],
      ]);
    });
  }

  it('says the same to people', async () => {
    const { out } = await run('window', '--from', dump(stringify(list(ITEMS))), ...NOW, 'orders-pg');
    assert.equal(
      out.replace(/\(.*\/dump\)/, '(dump)'),
      `orders-pg in payments (dump), 2026-11-23T12:10:04Z

postgresql:
  2026-11-23T09:00:00Z  2026-11-23T09:12:43Z  cannot be reached  no full backup ended before it and after log 9f1c-orders-pg-archive-wal began
  2026-11-23T09:12:44Z  2026-11-23T11:00:00Z  can be restored    base full, then log 9f1c-orders-pg-archive-wal
  2026-11-23T11:00:01Z  2026-11-23T12:10:04Z  unknown            log 9f1c-orders-pg-archive-wal archived nothing since, for longer than it should take
`,
    );
  });

  it('joins neighbours that can be restored into one line', async () => {
    const { out } = await run('window', '--from', dump(stringify(list([...ITEMS, aBackup('later', '10:00:00')]))), ...NOW, 'orders-pg');
    assert.match(out, /09:12:44Z {2}2026-11-23T11:00:00Z {2}can be restored {4}base later, then log \S+ \(and 1 earlier\)\n/);
  });

  it('reads several documents and leaves other kinds out', async () => {
    const text = [...ITEMS, { apiVersion: 'v1', kind: 'Backup', metadata: { name: 'not-ours' } }, { kind: 'Pod' }].map((item) => stringify(item)).join('---\n');
    const { code, out } = await run('window', '--from', dump(text), ...NOW, '-o', 'json', 'orders-pg');
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as Report).segments.length, 1);
  });

  it('says what a log needs that the dump does not tell', async () => {
    const { out } = await run('window', '--from', dump(stringify(list(ITEMS.filter(({ kind }) => kind !== 'ActionSet')))), ...NOW, '-o', 'json', 'orders-pg');
    assert.match((JSON.parse(out) as Report).notes.join(), /Action set postgresql-archive-wal of log .* is taken for one that needs a base backup/);
  });

  it('says that a cluster has no log backup', async () => {
    const { code, out } = await run('window', '--from', dump(stringify(list([aBackup('full')]))), 'orders-pg');
    assert.equal(code, 0);
    assert.match(out, /There is no log backup/);
  });

  it('asks which of two namespaces is meant', async () => {
    const elsewhere = { ...aBackup('full'), metadata: { ...aBackup('full').metadata, namespace: 'other' } };
    const { code, err } = await run('window', '--from', dump(stringify(list([...ITEMS, elsewhere]))), 'orders-pg');
    assert.deepEqual([code, err], [1, 'There is a cluster orders-pg in other, payments. Give one with --namespace.\n']);
  });

  it('takes of two clusters that bore the name the one that was backed up last', async () => {
    const labels = { ...aLog('08:00:00', '08:30:00').metadata.labels, [LABELS.clusterUid]: 'an-earlier-one' };
    const earlier = aLog('08:00:00', '08:30:00', { metadata: { name: 'old-log', labels, creationTimestamp: '2026-11-01T00:00:00Z' } });
    const { out } = await run('window', '--from', dump(stringify(list([earlier, ...ITEMS]))), ...NOW, '-o', 'json', 'orders-pg');
    assert.doesNotMatch(out, /old-log/);
  });

  it('takes a log that needs no base as it is', async () => {
    const free = anActionSet('postgresql-archive-wal', 'Continuous', { spec: { backupType: 'Continuous', restore: { baseBackupRequired: false } } });
    const { out } = await run('window', '--from', dump(stringify(list([aLog('09:00:00', '11:00:00'), free]))), ...NOW, '-o', 'json', 'orders-pg');
    assert.deepEqual((JSON.parse(out) as Report).segments.map(({ start, base }) => [start, base]), [['2026-11-23T09:00:00Z', null]]);
  });

  const wrong: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    ['no cluster', [], 2, /^CLUSTER: give the name of one cluster\.\n$/],
    ['an unknown form', ['-o', 'xml', 'c'], 2, /--output: "xml" is not one of text, json\./],
    ['a time that is none', ['--from', '-', '--now', 'noon', 'c'], 2, /--now: "noon" is no time\. Write it like/],
    ['a dump and a context', ['--from', '-', '--context', 'x', 'c'], 2, /--from: a dump is read without/],
    ['a time without a dump', ['--now', '2026-11-23T12:00:00Z', 'c'], 2, /--now: it says when a dump was made/],
    ['an option there is not', ['--nope', 'c'], 2, /--nope/],
    ['a file that is not there', ['--from', '/nowhere/dump', 'c'], 2, /\/nowhere\/dump cannot be read: ENOENT/],
  ];
  for (const [what, args, code, message] of wrong) {
    it(`says what is wrong with ${what}`, async () => {
      const outcome = await run('window', ...args);
      assert.equal(outcome.code, code);
      assert.match(outcome.err, message);
    });
  }

  const bad: readonly (readonly [string, string, number, RegExp])[] = [
    ['text that is no YAML', 'a: [', 2, /dump is neither YAML nor JSON: /],
    ['text that is no JSON', '{"a"', 2, /dump is neither YAML nor JSON: /],
    ['a dump without backups', 'kind: List\nitems: []\n', 2, /dump has no backups\. Make it with: kubectl get backups/],
    ['a dump without the cluster', stringify(list(ITEMS)), 1, /There is no cluster c in .*dump\. Nor is there a backup of one\./],
  ];
  for (const [what, text, code, message] of bad) {
    it(`says what is wrong with ${what}`, async () => {
      const outcome = await run('window', '--from', dump(text), 'c');
      assert.equal(outcome.code, code);
      assert.match(outcome.err, message);
    });
  }

  it('explains itself', async () => {
    const { code, out } = await run('window', '--help');
    assert.equal(code, 0);
    assert.match(out, /kubectl get backups,backupschedules,actionsets,backuppolicies -A -o yaml/);
  });
});

describe('kubeblocks-backup window, of a cluster', function () {
  this.timeout(60_000);
  let folder: string;
  let kubeconfig: string;
  let stop: () => void = () => undefined;
  let ended: Promise<number>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-window-'));
    kubeconfig = join(folder, 'kubeconfig');
    await new Promise<void>((ready, fail) => {
      ended = runCli(['playground', '--kubeconfig', kubeconfig], {
        stdout: { write: () => ready() },
        stderr: { write: (text) => fail(new Error(text)) },
        on: (name, listener) => {
          if (name === 'SIGTERM') stop = listener;
        },
      });
    });
  });
  after(async () => {
    stop();
    await ended;
    rmSync(folder, { recursive: true });
  });

  it('lists it once and says what can be restored', async () => {
    const { code, out, err } = await run('window', '--kubeconfig', kubeconfig, '-n', 'playground', '-o', 'json', 'orders');
    assert.deepEqual([code, err], [0, '']);
    const { segments } = JSON.parse(out) as Report;
    assert.ok(segments.length > 0);
    assert.match(segments[0]?.['why'] ?? '', /^base orders-.*, then log /);
  });

  it('says where the cluster is when it is not there', async () => {
    const { code, err } = await run('window', '--kubeconfig', kubeconfig, '-n', 'default', 'orders');
    assert.deepEqual([code, err], [1, 'There is no cluster orders in namespace default of kubeblocks-playground. There is one in playground; give it with --namespace.\n']);
  });

  it('says that a context does not exist', async () => {
    const { code, err } = await run('window', '--kubeconfig', kubeconfig, '--context', 'nope', 'orders');
    assert.deepEqual([code, err], [1, 'The kubeconfig has no context nope. Choose another one.\n']);
  });

  it('says why it cannot connect', async () => {
    const file = join(folder, 'nowhere');
    const entries = { clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }], contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }], users: [{ name: 'u', user: {} }], 'current-context': 'c' };
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...entries }));
    const { code, err } = await run('window', '--kubeconfig', file, 'orders');
    assert.equal(code, 1);
    assert.match(err, /^No connection to c: /m);
  });
});
