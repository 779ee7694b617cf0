import assert from 'node:assert/strict';
import { endOf } from '../../../src/kubeblocks/backupState';
import { componentOf, indexClusters } from '../../../src/kubeblocks/clusterIndex';
import { clusterWindow, stretchAt, type ComponentWindow } from '../../../src/kubeblocks/clusterWindow';
import type { Inventory } from '../../../src/kubeblocks/inventory';
import type { Backup } from '../../../src/kubeblocks/objects';
import { recoveryReach, recoveryWindow, segmentAt } from '../../../src/kubeblocks/recoveryWindow';
import { canRestore, drawHistory, firstRecoverable, INGREDIENTS, leftAt, random, second, SPAN, type History } from '../../support/windowHistories';

const HISTORIES = 400;
const MINUTE = 60_000;
const instants = Array.from({ length: SPAN }, (_, value) => Date.parse(second(value)));

function windowsAt(inventory: Inventory, now: number): readonly ComponentWindow[] {
  const [entry] = indexClusters(inventory).entries.values();
  assert.ok(entry);
  return clusterWindow(inventory, entry, now).components;
}

/** Of one component, those that are there and hold something. */
function logsOf({ logs }: History, component: string | undefined): readonly Backup[] {
  return logs.filter((log) => componentOf(log) === component && log.metadata.deletionTimestamp === undefined && endOf(log) !== undefined);
}

/** Each window of each history, with a clock that may be behind what the backups say. */
function each(judge: (found: { readonly history: History; readonly window: ComponentWindow; readonly logs: readonly Backup[]; readonly now: number; readonly about: string }) => void): void {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const history = drawHistory(seed);
    const pick = random(-seed);
    const now = Date.parse(second(pick(4) === 0 ? pick(1800) - 900 : pick(2 * SPAN)));
    for (const window of windowsAt(history.inventory, now)) {
      const about = `seed ${seed}, ${window.component ?? 'no component'}, now ${new Date(now).toISOString()}`;
      judge({ history, window, logs: logsOf(history, window.component), now, about });
    }
  }
}

/** How a cluster's windows come out, beside a search over all instants. */
describe('the recovery window, beside a search over all instants', () => {
  it('is asked of histories that hold everything', () => {
    const histories = Array.from({ length: HISTORIES }, (_, index) => drawHistory(index + 1));
    const counts = Object.entries(INGREDIENTS).map(([name, isIn]) => [name, histories.filter(isIn).length] as const);
    assert.deepEqual(counts.filter(([, count]) => count < HISTORIES / 20), []);
  });

  it('is that of each log', () => {
    let recoverable = 0;
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const { inventory, logs } = drawHistory(seed);
      for (const log of logs) {
        const window = recoveryWindow(inventory, log);
        const verdicts = instants.map((t) => canRestore(inventory, log, t));
        assert.deepEqual(instants.map((t) => window && segmentAt(window, t)?.kind), verdicts, `seed ${seed}, ${log.metadata.name}`);
        assert.equal(recoveryReach(inventory, log), instants[verdicts.lastIndexOf('recoverable')], `seed ${seed}, ${log.metadata.name}`);
        recoverable += verdicts.filter((verdict) => verdict === 'recoverable').length;
      }
    }
    assert.ok(recoverable > 2000, `only ${recoverable} instants were recoverable`);
  });

  it('is what one of its logs can do, whatever the clock says', () => {
    each(({ history: { inventory }, window: { stretches }, logs, about }) => {
      assert.ok(stretches.every(({ from, to }, index) => from <= to && (stretches[index - 1]?.to ?? -1) < from), about);
      for (const t of instants) {
        const verdicts = logs.map((log) => canRestore(inventory, log, t));
        const expected = (['recoverable', 'unknown', 'unreachable'] as const).find((kind) => verdicts.includes(kind));
        const found = stretchAt(stretches, t);
        if (expected === undefined) assert.notEqual(found?.kind, 'recoverable', `${about}, ${new Date(t).toISOString()}`);
        else assert.equal(found?.kind, expected, `${about}, ${new Date(t).toISOString()}`);
        assert.ok(found?.kind !== 'recoverable' || canRestore(inventory, found.log, t) === 'recoverable', about);
      }
    });
  });

  it('ends as the newest log stands: with it, or now, where it stopped', () => {
    const seen = new Set<string>();
    each(({ history: { inventory, logs: all }, window: { stretches, component }, logs, now, about }) => {
      const last = Math.max(...logs.map((log) => endOf(log) ?? NaN));
      const isOn = [...inventory.schedules.items.values()][0]?.spec?.schedules?.[0]?.enabled === true && component === 'postgresql';
      const newest = all.filter((log) => componentOf(log) === component).reduce((a, b) => (isNewer(b, a) ? b : a));
      const expected = logs.length === 0 || now <= last ? 'nothing' : tailOf(newest, isOn, now);
      const tail = logs.length === 0 ? stretches[0] : stretches.find(({ from }) => from > last);
      assert.equal(tail === undefined ? 'nothing' : `${tail.kind} ${tail.kind === 'recoverable' ? '' : tail.reason}`, expected, about);
      assert.ok(tail === undefined || (tail.from === last + 1000 && tail.to === now), about);
      seen.add(expected);
    });
    assert.deepEqual([...seen].sort(), ['nothing', 'unknown failed', 'unknown silent', 'unknown starting', 'unreachable logOff']);
  });

  it('says of each log that is ahead of the clock by more than a minute', () => {
    let ahead = 0;
    each(({ window: { notes }, logs, now, about }) => {
      const expected = logs.map((log) => (endOf(log) ?? NaN) - now).filter((byMs) => byMs > MINUTE);
      assert.deepEqual(notes.flatMap((note) => (note.kind === 'ahead' ? note.byMs : [])).sort(), expected.sort(), about);
      ahead += expected.length;
    });
    assert.ok(ahead > 50, `only ${ahead} were ahead`);
  });

  it('is cut when first an expiry takes its beginning', () => {
    const seen = { cut: 0, toNothing: 0, never: 0 };
    each(({ history: { inventory }, window: { cut }, logs, about }) => {
      const names = logs.map(({ metadata }) => metadata.name);
      const from = firstRecoverable(inventory, names);
      const expirations = [...inventory.backups.items.values()].map(({ status }) => Date.parse(status?.expiration ?? '')).filter((at) => !Number.isNaN(at));
      const at = from === undefined ? undefined : [...new Set(expirations)].sort((a, b) => a - b).find((each) => firstRecoverable(leftAt(inventory, each), names) !== from);
      const then = at === undefined ? undefined : firstRecoverable(leftAt(inventory, at), names);
      assert.deepEqual(cut && [cut.at, cut.from, cut.then], at === undefined ? undefined : [at, from, then], about);
      assert.ok(cut === undefined || !leftAt(inventory, cut.at).backups.items.has(`payments/${cut.expiring.metadata.name}`), about);
      seen[at === undefined ? 'never' : then === undefined ? 'toNothing' : 'cut'] += 1;
    });
    assert.ok(Object.values(seen).every((count) => count > 20), JSON.stringify(seen));
  });
});

/** Of two of one creation the first by name, as the side bar has them. */
function isNewer(a: Backup, b: Backup): boolean {
  const [first, second] = [a, b].map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? ''));
  return first === second ? a.metadata.name < b.metadata.name : (first ?? NaN) > (second ?? NaN);
}

function tailOf(newest: Backup, isOn: boolean, now: number): string {
  if (newest.metadata.deletionTimestamp !== undefined || newest.status?.phase === 'Completed') return isOn ? 'unknown starting' : 'unreachable logOff';
  if (newest.status?.phase === 'Failed') return 'unknown failed';
  const since = endOf(newest) ?? Date.parse(newest.metadata.creationTimestamp ?? '');
  const allowed = (isOn ? 2 * 5 : 2) * MINUTE + 5 * MINUTE;
  if (now - since > allowed) return 'unknown silent';
  return endOf(newest) === undefined ? 'unknown starting' : 'nothing';
}
