import assert from 'node:assert/strict';
import { emptyInventory, type Inventory, type ListState } from '../../../../src/kubeblocks/inventory';
import type { Cluster } from '../../../../src/kubeblocks/objects';
import { jobNameOf } from '../../../../src/kubeblocks/scheduleJobName';
import { buildBackupSetsTree, type BackupSetsOptions } from '../../../../src/ui/views/backupSetsTree';
import { buildClustersTree } from '../../../../src/ui/views/clustersTree';
import { PAGE } from '../../../../src/ui/views/pagedNodes';
import { buildRepositoriesTree } from '../../../../src/ui/views/repositoriesTree';
import { contextValueOf, type TreeNode } from '../../../../src/ui/views/treeNode';
import { treeText } from '../../../../src/ui/views/treeText';
import { aBackup, aCluster, aLog, anActionSet, anEarlyFailure, anIncremental, anInventory, aPolicy, aRepo, aRestore, aSchedule, at, NAMESPACE, NOW, postgresActionSets } from '../../../support/builders';

const TIME = { now: NOW, timeZone: 'UTC' };
const ONE_PAGE = { pages: () => 1 };
const BY_CLUSTER: BackupSetsOptions = { groupBy: 'cluster', filter: '', pages: () => 1 };

const full = aBackup('orders-pg-20261123', '09:12:44', {
  status: { ...aBackup('x').status, completionTimestamp: at('09:12:44'), expiration: at('2026-11-29T18:00:00Z') },
});
const inventory = anInventory({
  clusters: [aCluster(), aCluster('vectors', { spec: { componentSpecs: [{ name: 'qdrant', componentDef: 'qdrant-1', replicas: 3, serviceVersion: '1.10.0' }] } })],
  backups: [full, aLog('09:00:00', '12:10:01'), anEarlyFailure('orders-pg-typo')],
  policies: [aPolicy()],
  schedules: [
    aSchedule([
      { backupMethod: 'pg-basebackup', cronExpression: '0 18 * * *', enabled: true, retentionPeriod: '7d' },
      { backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: true },
      { backupMethod: 'volume-snapshot', cronExpression: '0 3 * * *', enabled: false },
    ]),
  ],
  repos: [aRepo(), aRepo('offsite', 'Failed', { status: { phase: 'Failed', conditions: [{ type: 'PreCheckPassed', status: 'False', reason: 'PreCheckFailed', message: 'no route to host' }] } })],
  actionSets: [...postgresActionSets(), anActionSet('x', 'Full')],
});

function all(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...all(node.children?.() ?? [])]);
}

function lines(text: string): readonly string[] {
  return text.trimEnd().split('\n').map((line) => line.trimEnd());
}

describe('the Clusters tree', () => {
  it('says of a schedule that is on that its CronJob is suspended, which is asked for when schedules are opened', () => {
    const [schedule] = [...inventory.schedules.items.values()];
    assert.ok(schedule);
    const asked: string[] = [];
    const suspendedIn = (namespace: string): ReadonlySet<string> => {
      asked.push(namespace);
      return new Set(['pg-basebackup', 'archive-wal', 'volume-snapshot'].map((line) => jobNameOf(schedule, line)));
    };
    const [cluster] = buildClustersTree(inventory, { ...ONE_PAGE, suspendedIn }, TIME);
    const group = cluster?.children?.().find(({ id }) => id.endsWith('/schedules'));
    assert.deepEqual(asked, []);
    const [full, log, off] = group?.children?.() ?? [];
    assert.deepEqual(asked, ['payments']);
    assert.match(full?.description ?? '', /^suspended: nothing runs · daily 18:00/);
    assert.deepEqual([full?.icon, full?.color], ['warning', 'warn']);
    assert.match(full?.tooltip ?? '', /Mend Schedule/);
    assert.match(full?.accessibleLabel ?? '', /^Schedule pg-basebackup, suspended: nothing runs, /);
    assert.doesNotMatch(`${log?.description ?? ''}${off?.description ?? ''}`, /suspended/);
  });

  it('answers for each cluster what one gets back, and shows what is under it', () => {
    assert.deepEqual(lines(treeText(buildClustersTree(inventory, ONE_PAGE, TIME))), [
      '▾ (warning) orders-pg  PostgreSQL 16 · at risk: last backup failed',
      '  ▾ (history) Recovery window  09:12:44 – 12:10:01 today',
      '      (discard) 09:12:44 – 12:10:01 today  2 h long · restore to a point in time…',
      '  ▾ (watch) Schedules  2 on · next in 5 h',
      '      (pass) pg-basebackup  daily 18:00 UTC · keep 7d · never run',
      '      (pulse) archive-wal  log backup · 3 s behind',
      '      (circle-outline) volume-snapshot  off',
      '  ▾ (archive) Backup sets  3 · 15.2 GiB',
      '      (error) orders-pg-typo  failed · backupMethod: nope not found',
      '      (pass) orders-pg-20261123  full · 2 h ago · 15.2 GiB · expires in 6 d',
      '      (pulse) 9f1c-orders-pg-archive-wal  log backup · 3 s behind',
      '  ▾ (server-process) Components  1',
      '    ▾ (server) postgresql  16.4.0 · recoverable to 12:10:01',
      '        (book) orders-pg-postgresql-backup-policy  4 methods · to s3-main',
      '▾ (circle-slash) vectors  Qdrant 1 · not backed up',
      '    (archive) Backup sets  none yet',
      '  ▾ (server-process) Components  1',
      '      (server) qdrant  3 replicas · 1.10.0 · no backup policy',
    ]);
  });

  it('speaks a line to a screen reader with state and times in words', () => {
    const [orders] = buildClustersTree(inventory, ONE_PAGE, TIME);
    assert.equal(orders?.accessibleLabel, 'orders-pg, PostgreSQL 16, at risk: last backup failed, no backup running, the last one failed');
  });

  it('says of each end of a window on which day it is', () => {
    const windowOf = (now: number): string | undefined => all(buildClustersTree(inventory, ONE_PAGE, { ...TIME, now })).find(({ icon }) => icon === 'history')?.description;
    assert.equal(windowOf(NOW + 86_400_000), '2026-11-23 09:12:44 – 12:10:01');
    const overnight = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [full, aLog('09:00:00', '2026-11-24T06:00:00Z')] });
    const [orders] = buildClustersTree(overnight, ONE_PAGE, { ...TIME, now: Date.parse('2026-11-24T06:00:03Z') });
    assert.equal(orders?.children?.()[0]?.description, '2026-11-23 09:12:44 – today 06:00:00');
  });

  it('keeps ids unique, and the same when time goes on', () => {
    const ids = all(buildClustersTree(inventory, ONE_PAGE, TIME)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const later = all(buildClustersTree(inventory, ONE_PAGE, { ...TIME, now: NOW + 60_000 })).map(({ id }) => id);
    assert.deepEqual(later, ids);
  });

  it('puts the line for a lost connection on top and leaves the rest with its age', () => {
    const lost = { ...inventory, connection: { state: 'failed', message: 'connect ECONNREFUSED', retrying: true, since: NOW - 180_000 } } as const;
    const [first, second] = buildClustersTree(lost, ONE_PAGE, TIME);
    assert.equal(treeText([first!], { tokens: true }), '  (debug-disconnect) No connection to kind-prod  as of 3 min ago · trying again · connect ECONNREFUSED  [noConnection]\n');
    assert.equal(second?.label, 'orders-pg');
    const clusters = { ...inventory.clusters, state: { state: 'failed', message: 'connect ECONNREFUSED', asOf: NOW } } as const;
    assert.deepEqual(buildClustersTree({ ...lost, clusters }, ONE_PAGE, TIME).map(({ id }) => id).slice(0, 2), ['connection', second.id], 'said once');
  });

  it('says a lost connection once, and not again below each cluster', () => {
    const state = { state: 'failed', message: 'connect ECONNREFUSED', asOf: NOW } as const;
    const connection = { state: 'failed', message: 'connect ECONNREFUSED', retrying: true, since: NOW } as const;
    const { schedules, restores, backups } = inventory;
    const cut = { schedules: { ...schedules, state }, restores: { ...restores, state }, backups: { ...backups, state } };
    const troubles = (now: Inventory): readonly string[] => all(buildClustersTree(now, ONE_PAGE, TIME)).filter(({ icon }) => icon === 'debug-disconnect').map(({ label }) => label);
    assert.deepEqual(troubles({ ...inventory, ...cut, connection }), ['No connection to kind-prod']);
    assert.deepEqual(troubles({ ...inventory, ...cut }).slice(0, 3), ['Schedules cannot be read', 'Backup sets cannot be read', 'Restores cannot be read']);
  });

  it('does not call a list empty that was never read', () => {
    const unread = { state: { state: 'failed', message: 'connect ECONNREFUSED' }, items: new Map() } as const;
    const connection = { state: 'failed', message: 'connect ECONNREFUSED', retrying: true, since: NOW } as const;
    const nodes = all(buildClustersTree({ ...inventory, backups: unread, connection }, ONE_PAGE, TIME));
    assert.deepEqual(nodes.filter(({ description }) => description === 'none yet'), []);
  });

  it('says which list is refused, and carries the right to ask for', () => {
    const refused = { state: { state: 'forbidden', verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io', namespace: 'payments' }, items: new Map() } as const;
    const node = all(buildClustersTree({ ...inventory, backups: refused }, ONE_PAGE, TIME)).find(({ icon }) => icon === 'lock');
    assert.equal(`${node?.label ?? ''}: ${node?.description ?? ''}`, 'Backup sets: you may not list backups in namespace payments');
    assert.deepEqual(node?.permission, { verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io', namespace: 'payments' });
  });

  it('makes only the lines of clusters to which something happened', () => {
    let read = 0;
    const counted = (name: string): Cluster =>
      Object.defineProperty({ ...aCluster(name) }, 'status', {
        get: () => {
          read += 1;
          return { phase: 'Running' };
        },
      });
    const clusters = Array.from({ length: 30 }, (_, index) => counted(`quiet-${index}`));
    const before = anInventory({ clusters: [aCluster(), ...clusters], backups: [full], policies: [aPolicy()] });
    buildClustersTree(before, ONE_PAGE, TIME);
    assert.ok(read >= clusters.length);
    read = 0;
    const backups = anInventory({ backups: [full, anEarlyFailure('orders-pg-typo')] }).backups;
    const tree = buildClustersTree({ ...before, backups }, ONE_PAGE, TIME);
    assert.match(tree[0]?.description ?? '', /last backup failed/);
    assert.equal(read, 0);
  });

  it('is empty while nothing was read', () => {
    assert.deepEqual(buildClustersTree(emptyInventory('kind-prod'), ONE_PAGE, TIME), []);
  });

  it('say of backup sets that are shown in part that the rest is being read', () => {
    const { backups } = inventory;
    const first = (state: ListState): string | undefined =>
      buildBackupSetsTree({ ...inventory, backups: { ...backups, state } }, BY_CLUSTER, TIME).map(({ label, description }) => `${label}, ${description ?? ''}`)[0];
    assert.equal(first({ state: 'loading' }), `Backup sets, being read, ${backups.items.size} so far`);
    assert.notEqual(first({ state: 'ready', asOf: NOW }), first({ state: 'loading' }));
  });

  it('shows a running restore opened, with its steps and how long they take', () => {
    const actions = { prepareData: [{ name: 'prepareData-0', status: 'Completed', startTime: at('12:00:04'), endTime: at('12:05:04'), objectKey: 'Job/a' }, { name: 'prepareData-1', status: 'Processing', startTime: at('12:05:04'), objectKey: 'Job/b' }] };
    const restore = aRestore('orders-pg-prepare', 'orders-pg', 'Running', { spec: { backup: { name: 'orders-pg-20261123' } }, status: { phase: 'Running', startTimestamp: at('12:00:04'), actions } });
    const [group] = all(buildClustersTree(anInventory({ clusters: [aCluster()], restores: [restore] }), ONE_PAGE, TIME)).filter(({ label }) => label === 'Restores');
    assert.deepEqual(lines(treeText(group?.children?.() ?? [])), [
      '▾ (sync~spin) orders-pg-prepare  running for 10 min · 1 of 2 steps · from orders-pg-20261123',
      '    (pass) prepareData-0  completed · 5 min · Job/a',
      '    (sync~spin) prepareData-1  running · 5 min · Job/b',
    ]);
    assert.equal(group?.expanded, true);
  });

  it('says of a restore that it is stuck where it never took as long', () => {
    const source = { name: 'orders-pg-20261123', namespace: NAMESPACE };
    const now = aRestore('b-preparedata', 'orders-pg', 'Running', { spec: { backup: source }, status: { phase: 'Running', startTimestamp: at('12:00:00') } });
    const before = aRestore('a-preparedata', 'orders-pg', 'Completed', { spec: { backup: source }, status: { phase: 'Completed', startTimestamp: at('09:00:00'), completionTimestamp: at('09:02:00') } });
    const nodes = all(buildClustersTree(anInventory({ clusters: [aCluster()], backups: [aBackup('orders-pg-20261123')], restores: [now, before] }), ONE_PAGE, TIME));
    const stuck = nodes.find(({ label }) => label === 'b-preparedata');
    assert.deepEqual([stuck?.icon, stuck?.description], ['warning', 'stuck: runs for 10 min 4 s; the last one took 2 min']);
  });
});

describe('the Backup Sets tree', () => {
  it('groups by cluster, also those that are gone', () => {
    const gone = aBackup('billing-last', '08:00:00', { metadata: { labels: { 'app.kubernetes.io/instance': 'billing', 'dataprotection.kubeblocks.io/cluster-uid': 'u' } } });
    const text = treeText(buildBackupSetsTree(anInventory({ clusters: [aCluster()], backups: [full, gone] }), BY_CLUSTER, TIME), { depth: 1 });
    assert.deepEqual(lines(text), ['▾ (database) orders-pg  1 · 15.2 GiB', '▾ (database) billing  1 · 15.2 GiB · cluster is gone']);
  });

  for (const [groupBy, expected] of [
    ['method', ['pg-basebackup', 'archive-wal', 'nope']],
    ['repository', ['s3-main', 'No repository']],
    ['day', ['2026-11-23']],
  ] as const) {
    it(`groups by ${groupBy}`, () => {
      const labels = buildBackupSetsTree(inventory, { ...BY_CLUSTER, groupBy }, TIME).map(({ label }) => label);
      assert.deepEqual(labels.toSorted(), expected.toSorted());
    });
  }

  it('shows only what has all the words of the filter', () => {
    const nodes = all(buildBackupSetsTree(inventory, { ...BY_CLUSTER, filter: 'TYPO failed' }, TIME));
    assert.deepEqual(
      nodes.map(({ label }) => label),
      ['orders-pg', 'orders-pg-typo'],
    );
  });

  it('shows a long list by pages, with a line to get more', () => {
    const many = anInventory({ clusters: [aCluster()], backups: Array.from({ length: PAGE * 2 + 5 }, (_, index) => aBackup(`b-${String(index).padStart(4, '0')}`)) });
    const [group] = buildBackupSetsTree(many, BY_CLUSTER, TIME);
    const children = group?.children?.() ?? [];
    assert.equal(children.length, PAGE + 1);
    assert.deepEqual([children.at(-1)?.label, children.at(-1)?.description], [`Show ${PAGE} More`, `${PAGE} of ${PAGE * 2 + 5} shown`]);
    assert.deepEqual(children.at(-1)?.command?.arguments, [group?.id]);
  });

  it('offers only what a backup set can take', () => {
    const nodes = all(buildBackupSetsTree(inventory, BY_CLUSTER, TIME));
    const tokens = (label: string): string => contextValueOf(nodes.find((node) => node.label === label)!);
    assert.equal(tokens('orders-pg-20261123'), ';object;backup;completed;canReveal;canRestore;canDelete;canChangeRetention;');
    assert.equal(tokens('orders-pg-typo'), ';object;backup;failed;canReveal;canDiagnose;canDelete;canChangeRetention;');
  });

  it('tells in a cluster’s tooltip when the clocks differ, but not of a simulated one', () => {
    const skewed = { ...TIME, here: NOW - 61 * 60_000 };
    const tip = (of: typeof inventory): string | undefined => buildClustersTree(of, ONE_PAGE, skewed)[0]?.tooltip;
    assert.match(tip(inventory) ?? '', /1 h 1 min ahead/);
    assert.doesNotMatch(tip({ ...inventory, simulated: true }) ?? '', /ahead/);
  });

  it('lets no text of the cluster act in a tooltip', () => {
    const evil = { ...anEarlyFailure('x'), status: { phase: 'Failed', failureReason: '[click](command:x) <img src=x> $(alert)' } };
    const node = all(buildBackupSetsTree(anInventory({ backups: [evil], policies: [aPolicy()], clusters: [aCluster()] }), BY_CLUSTER, TIME)).find(({ label }) => label === 'x');
    assert.doesNotMatch(node?.tooltip ?? '', /(?<!`[^`]*)(?<!\\)\[click\]\(command/);
    assert.doesNotMatch(node?.tooltip ?? '', /(?<!`[^`]*)<img/);
  });
});

describe('the line of a backup set in a chain', () => {
  const base = aBackup('base', '09:30:00');
  const one = anIncremental('one', '10:00:00', 'base', 'base');
  const two = anIncremental('two', '11:00:00', 'one', 'base');
  const chain = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), backups: [base, one, two, aLog('09:00:00', '12:00:00')] });
  const under = (name: string, among = chain): readonly string[] => {
    const node = buildBackupSetsTree(among, BY_CLUSTER, TIME)[0]?.children?.().find(({ label }) => label === name);
    return lines(treeText(node?.children?.() ?? [])).map((line) => line.trim());
  };

  it('opens to what it builds on, what builds on it, and the instants restored by it', () => {
    assert.deepEqual(under('one'), [
      '(arrow-up) base  it builds on this · full · 2 h ago · 15.2 GiB · kept for ever',
      '(arrow-down) two  builds on it · incremental · 1 h ago · kept for ever',
      '(history) 10:00:00 – 10:59:59  59 min of log restored on one',
      '(history) 11:00:00 – 12:00:00  1 h of log restored on two',
    ]);
  });

  it('says that the chain is broken', () => {
    assert.match(under('two', anInventory({ backups: [base, two], actionSets: postgresActionSets() }))[0] ?? '', /^\(warning\) Broken chain {2}the parent backup does not exist$/);
  });

  it('has nothing to open without a chain', () => {
    const [group] = buildBackupSetsTree(inventory, BY_CLUSTER, TIME);
    assert.deepEqual(group?.children?.().map(({ children }) => children), [undefined, undefined, undefined]);
  });

  it('has lines of its own, which are the same in the next snapshot', () => {
    const ids = all(buildBackupSetsTree(chain, BY_CLUSTER, TIME)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('the Repositories tree', () => {
  it('speaks the result of a check, which is only an icon on screen', () => {
    const spoken = all(buildRepositoriesTree(inventory, TIME)).flatMap(({ id, accessibleLabel }) => (id.includes('/condition/') ? [accessibleLabel] : []));
    assert.deepEqual(spoken, ['Check PreCheckPassed, failed, PreCheckFailed, no route to host']);
  });

  it('shows phase, provider, use and what the pre-check said', () => {
    assert.deepEqual(lines(treeText(buildRepositoriesTree(inventory, TIME))), [
      '▾ (error) offsite  failed · no route to host · s3 · empty',
      '    (plug) Access  by the backup tool (datasafed)',
      '    (archive) Use  empty',
      '    (error) PreCheckPassed  PreCheckFailed · no route to host',
      '▾ (cloud-upload) s3-main  ready · s3 · 2 backup sets · 15.2 GiB',
      '    (plug) Access  by the backup tool (datasafed)',
      '    (archive) Use  2 backup sets · 15.2 GiB',
    ]);
  });
});
