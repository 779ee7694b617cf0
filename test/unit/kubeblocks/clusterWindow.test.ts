import assert from 'node:assert/strict';
import { indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { clusterWindow, type ComponentWindow, type Stretch } from '../../../src/kubeblocks/clusterWindow';
import { keyOf, type Inventory } from '../../../src/kubeblocks/inventory';
import { LABELS } from '../../../src/kubeblocks/labels';
import type { Backup } from '../../../src/kubeblocks/objects';
import { aBackup, aCluster, aLog, aPolicy, aSchedule, anActionSet, anIncremental, anInventory, at, ms, NOW, postgresActionSets, type Objects } from '../../support/builders';
import { drawHistory, random, second } from '../../support/windowHistories';

function windowsOf(objects: Objects, now = NOW): readonly ComponentWindow[] {
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], actionSets: postgresActionSets(), schedules: [logOn()], ...objects });
  return clusterWindow(inventory, entryOf(inventory), now).components;
}

function entryOf(inventory: Inventory) {
  const [entry] = indexClusters(inventory).entries.values();
  assert.ok(entry);
  return entry;
}

const logOn = () => aSchedule([{ backupMethod: 'archive-wal', cronExpression: '*/5 * * * *', enabled: true }]);

function shown(stretches: readonly Stretch[] = []): readonly string[] {
  return stretches.map((stretch) => {
    const [from, to] = [stretch.from, stretch.to].map((value) => new Date(value).toISOString().slice(11, 19));
    const why = stretch.kind === 'recoverable' ? `${stretch.log.metadata.name} on ${stretch.base?.metadata.name ?? 'nothing'}` : stretch.reason;
    return `${from ?? ''}-${to ?? ''} ${stretch.kind} ${why}`;
  });
}

function of(objects: Objects, now = NOW): readonly string[] {
  return shown(windowsOf(objects, now)[0]?.stretches);
}

function named(name: string, from: string, to: string, more: Parameters<typeof aLog>[2] = {}): Backup {
  return aLog(from, to, { ...more, metadata: { name, ...more.metadata } });
}

function failed(log: Backup): Backup {
  return { ...log, status: { ...log.status, phase: 'Failed' } };
}

describe('clusterWindow', () => {
  it('is that of the log where there is one', () => {
    assert.deepEqual(of({ backups: [named('log', '09:00:00', '12:09:00'), aBackup('full', '09:12:44')] }), [
      '09:00:00-09:12:43 unreachable noBase',
      '09:12:44-12:09:00 recoverable log on full',
    ]);
  });

  it('says nothing of what the log keeps up with', () => {
    const [window] = windowsOf({ backups: [named('log', '09:00:00', '12:09:00'), aBackup('full', '09:12:44')] });
    assert.equal(window?.state.kind, 'running');
    assert.equal(window.stretches.at(-1)?.to, ms('12:09:00'));
  });

  it('does not know what became of the log since a silent one archived last', () => {
    assert.deepEqual(of({ backups: [named('log', '09:00:00', '11:00:00'), aBackup('full', '09:00:00')] }).slice(1), ['11:00:01-12:10:04 unknown silent']);
  });

  it('does not know what became of the log since a failed one archived last', () => {
    const [window] = windowsOf({ backups: [failed(named('log', '09:00:00', '11:00:00')), aBackup('full', '09:00:00')] });
    assert.deepEqual(shown(window?.stretches).slice(1), ['11:00:01-12:10:04 unknown failed']);
    assert.deepEqual(window?.notes.map(({ kind }) => kind), ['failedLog']);
  });

  it('cannot be reached since the log was switched off', () => {
    const log = named('log', '09:00:00', '11:00:00');
    assert.deepEqual(of({ backups: [{ ...log, status: { ...log.status, phase: 'Completed' } }, aBackup('full', '09:00:00')], schedules: [] }).slice(1), ['11:00:01-12:10:04 unreachable logOff']);
  });

  it('does not know the time between a log and the one that replaced it', () => {
    assert.deepEqual(of({ backups: [named('old', '09:00:00', '10:00:00'), named('new', '10:30:00', '12:09:00'), aBackup('a', '09:30:00'), aBackup('b', '11:00:00')] }), [
      '09:00:00-09:29:59 unreachable noBase',
      '09:30:00-10:00:00 recoverable old on a',
      '10:00:01-10:29:59 unknown between',
      '10:30:00-10:59:59 unreachable noBase',
      '11:00:00-12:09:00 recoverable new on b',
    ]);
  });

  it('takes of two logs that reach an instant the one with less to replay', () => {
    const logs = [named('long', '09:00:00', '12:09:00'), named('short', '10:00:00', '12:09:00')];
    const free = anActionSet('postgresql-archive-wal', 'Continuous', { spec: { backupType: 'Continuous', restore: { baseBackupRequired: false } } });
    assert.deepEqual(of({ backups: logs, actionSets: [free] }), ['09:00:00-09:59:59 recoverable long on nothing', '10:00:00-12:09:00 recoverable short on nothing']);
  });

  it('knows each component by itself, by name', () => {
    const other = (name: string, backup: Backup): Backup => ({ ...backup, metadata: { ...backup.metadata, name, labels: { ...backup.metadata.labels, [LABELS.component]: 'cache' } } });
    const windows = windowsOf({ backups: [named('log', '09:00:00', '12:09:00'), other('log-2', named('x', '09:00:00', '12:09:00')), other('full-2', aBackup('x', '10:00:00'))] });
    assert.deepEqual(windows.map(({ component, stretches }) => [component, shown(stretches)]), [
      ['cache', ['09:00:00-09:59:59 unreachable noBase', '10:00:00-12:09:00 recoverable log-2 on full-2']],
      ['postgresql', ['09:00:00-12:09:00 unreachable noBase']],
    ]);
  });

  it('shows of several targets what all cover, and says so', () => {
    const log = named('log', '09:00:00', '12:09:00');
    const [from, to] = [at('09:00:00'), at('12:09:00')];
    const actions = [{ timeRange: { start: from, end: to } }, { timeRange: { start: at('09:30:00'), end: at('12:00:00') } }];
    const sharded = { ...log, status: { ...log.status, targets: [{ name: 'a' }, { name: 'b' }], actions } };
    const [window] = windowsOf({ backups: [sharded, aBackup('early', '09:10:00'), aBackup('full', '09:40:00')] });
    assert.deepEqual(shown(window?.stretches), [
      '09:00:00-09:09:59 unreachable noBase',
      '09:10:00-09:39:59 unknown targets',
      '09:40:00-12:00:00 recoverable log on full',
      '12:00:01-12:09:00 unknown targets',
    ]);
    assert.deepEqual(window?.notes.map(({ kind }) => kind), ['intersection']);
    assert.deepEqual(window.logs[0]?.targets.map(({ name }) => name), ['a', 'b']);
  });

  it('says that several targets share one range where the API tells no more', () => {
    const log = named('log', '09:00:00', '12:09:00');
    const [window] = windowsOf({ backups: [{ ...log, status: { ...log.status, targets: [{ name: 'a' }, { name: 'b' }] } }] });
    assert.deepEqual(window?.notes.map(({ kind }) => kind), ['oneRange']);
  });

  it('says that a log ends later than the clock', () => {
    const [window] = windowsOf({ backups: [named('log', '09:00:00', '13:10:04')] });
    assert.deepEqual(window?.notes.map((note) => (note.kind === 'ahead' ? note.byMs : note.kind)), [3_600_000]);
  });

  it('leaves out logs that hold nothing or are being deleted', () => {
    const empty = named('empty', '09:00:00', '09:00:00', { status: { phase: 'Running', backupMethod: { name: 'archive-wal', actionSetName: 'postgresql-archive-wal' } } });
    const gone = named('gone', '09:00:00', '12:00:00', { metadata: { deletionTimestamp: at('12:00:00') } });
    const [window] = windowsOf({ backups: [empty, gone, aBackup('full', '09:00:00')] });
    assert.deepEqual([window?.stretches, window?.notes.map(({ kind, ...note }) => `${kind} ${'log' in note ? note.log.metadata.name : ''}`).sort()], [[], ['deletedLog gone', 'emptyLog empty']]);
  });

  it('has nothing for a cluster without a log', () => assert.deepEqual(windowsOf({ backups: [aBackup('full')] }), []));
});

describe('the cut of a window', () => {
  const expiring = (name: string, end: string, expiration: string, more: NonNullable<Backup['status']> = {}): Backup => {
    const backup = aBackup(name, end);
    return { ...backup, status: { ...backup.status, expiration: at(expiration), ...more } };
  };
  const cutOf = (objects: Objects) => {
    const cut = windowsOf(objects)[0]?.cut;
    const time = (value: number | undefined) => (value === undefined ? 'nothing' : new Date(value).toISOString().slice(0, 19));
    return cut === undefined ? 'none' : `${time(cut.at)} ${cut.expiring.metadata.name}: ${time(cut.from)} to ${time(cut.then)}`;
  };
  const log = named('log', '09:00:00', '12:09:00');

  it('comes when the first base expires, and leads to the next that is still there', () => {
    const backups = [log, expiring('a', '09:10:00', '2026-11-30T09:10:00Z'), expiring('b', '10:00:00', '2026-11-29T00:00:00Z'), expiring('c', '11:00:00', '2026-12-01T00:00:00Z')];
    assert.equal(cutOf({ backups }), '2026-11-30T09:10:00 a: 2026-11-23T09:10:00 to 2026-11-23T11:00:00');
  });

  it('leaves nothing where no other base is', () => {
    assert.equal(cutOf({ backups: [log, expiring('a', '09:10:00', '2026-11-30T09:10:00Z')] }), '2026-11-30T09:10:00 a: 2026-11-23T09:10:00 to nothing');
  });

  it('does not come for a base that is kept for ever', () => assert.equal(cutOf({ backups: [log, aBackup('a', '09:10:00')] }), 'none'));

  it('does not come for the latest backup where the policy keeps it', () => {
    const policies = [aPolicy(undefined, { spec: { ...aPolicy().spec, retentionPolicy: 'retainLatestBackup' } })];
    assert.equal(cutOf({ policies, backups: [log, expiring('a', '09:10:00', '2026-11-30T09:10:00Z')] }), 'none');
  });

  it('counts an incremental as long as the full backup it is based on', () => {
    const inc = anIncremental('inc', '09:30:00', 'full', 'full');
    const backups = [log, expiring('full', '08:00:00', '2026-11-28T00:00:00Z'), { ...inc, status: { ...inc.status, expiration: at('2026-11-25T00:00:00Z') } }];
    assert.equal(cutOf({ backups }), '2026-11-28T00:00:00 full: 2026-11-23T09:30:00 to nothing');
  });
});

/** An inventory whose backups count how often somebody looks into them. */
function counted(size: number): { readonly inventory: Inventory; readonly looks: () => number; readonly counting: (backup: Backup) => Backup } {
  let looks = 0;
  const counting = (backup: Backup): Backup => {
    const { status } = backup;
    return Object.defineProperty({ ...backup }, 'status', { enumerable: true, get: () => ((looks += 1), status) });
  };
  const logs = Array.from({ length: 20 }, (_, index) => named(`log-${index}`, second(index), second(size * 60)));
  const bases = Array.from({ length: size }, (_, index) => aBackup(`base-${String(index).padStart(5, '0')}`, second(index * 60), { metadata: { creationTimestamp: second(index * 60 - 30) } }));
  const inventory = anInventory({ clusters: [aCluster()], policies: [aPolicy()], schedules: [logOn()], actionSets: postgresActionSets(), backups: [...logs, ...bases].map(counting) });
  return { inventory, counting, looks: () => { const since = looks; looks = 0; return since; } };
}

/** The same cluster after the events that put these backups there. */
function after(inventory: Inventory, backups: readonly Backup[]): Inventory {
  const items = new Map([...inventory.backups.items, ...backups.map((backup): [string, Backup] => [keyOf(backup), backup])]);
  return { ...inventory, backups: { ...inventory.backups, items } };
}

describe('clusterWindow, asked again', () => {
  const SIZE = 2_000;
  const LATER = Date.parse(second(SIZE * 60 + 60));

  it('looks into the backups that changed, and into no others', () => {
    const { inventory, looks, counting } = counted(SIZE);
    clusterWindow(inventory, entryOf(inventory), LATER);
    assert.ok(looks() > SIZE, 'all are looked into once');
    const fresh = aBackup('fresh', second(SIZE * 60 - 5), { metadata: { creationTimestamp: second(SIZE * 60 - 35) } });
    const next = after(inventory, [counting(fresh)]);
    const entry = entryOf(next);
    looks();
    const { components } = clusterWindow(next, entry, LATER);
    assert.equal(components[0]?.bases.at(-1)?.backup.metadata.name, 'fresh');
    assert.ok(looks() < 300, 'not one look a base: what remains is for the logs');
  });

  it('looks at nothing but the logs where only time went on', () => {
    const { inventory, looks } = counted(SIZE);
    const before = clusterWindow(inventory, entryOf(inventory), LATER);
    looks();
    const now = clusterWindow(inventory, entryOf(inventory), LATER + 1000);
    assert.deepEqual(now.components[0]?.stretches.slice(0, SIZE), before.components[0]?.stretches.slice(0, SIZE));
    assert.ok(looks() < 300);
  });

  it('says what it would say if it had not been asked before, after events of all kinds', () => {
    const pick = random(7);
    for (let seed = 1; seed <= 40; seed += 1) {
      let { inventory } = drawHistory(seed);
      for (let round = 0; round < 12; round += 1) {
        clusterWindow(inventory, entryOf(inventory), ms('12:00:00'));
        const all = [...inventory.backups.items.values()];
        const one = all[pick(all.length)];
        assert.ok(one);
        const touched: readonly Backup[] = [{ ...one, status: { ...one.status, phase: pick(2) === 0 ? 'Failed' : 'Completed' } }, { ...one, metadata: { ...one.metadata, name: `new-${round}` } }, { ...one, metadata: { ...one.metadata, deletionTimestamp: at('11:00:00') } }];
        inventory = after(inventory, touched.slice(0, pick(3)));
        if (pick(3) === 0) {
          const items = new Map(inventory.backups.items);
          items.delete(keyOf(one));
          inventory = { ...inventory, backups: { ...inventory.backups, items } };
        }
        if (inventory.backups.items.size === 0) break;
        // Of other objects nothing is remembered.
        const copies = new Map([...inventory.backups.items].map(([key, backup]) => [key, { ...backup }]));
        const anew = { ...inventory, backups: { ...inventory.backups, items: copies } };
        const again = clusterWindow(inventory, entryOf(inventory), ms('12:00:00'));
        assert.deepEqual(again, clusterWindow(anew, entryOf(anew), ms('12:00:00')), `seed ${seed}, round ${round}`);
      }
    }
  });
});
