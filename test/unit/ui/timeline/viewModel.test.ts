import assert from 'node:assert/strict';
import type { ComponentData, StretchRow } from '../../../../src/ui/timeline/timelineData';
import { chosenAt, newestInstant, oldestInstant, recoveryPoint, spokenText } from '../../../../src/ui/timeline/view/model/chosen';
import { lanesOf, type Lane } from '../../../../src/ui/timeline/view/model/lanes';
import { fitting, instantAt, panned, positionOf, showing, zoomed } from '../../../../src/ui/timeline/view/model/scale';
import { ticksOf } from '../../../../src/ui/timeline/view/model/ticks';
import { readTypedTime } from '../../../../src/ui/timeline/view/model/typedTime';
import { ms, NOW } from '../../../support/builders';

const SECOND = 1000;
const row = (from: string, to: string, kind: StretchRow[2], base: number, why = ''): StretchRow => [ms(from), ms(to), kind, 0, base, base < 0 ? 0 : ms(from), kind === 'recoverable', why];

const COMPONENT: ComponentData = {
  name: 'pg',
  state: '3 s behind',
  notes: [],
  nextRun: [ms('18:00:00'), 'pg-basebackup'],
  logs: [['log-1', ms('09:00:00'), ms('12:00:00')]],
  targets: [],
  bases: [['base-1', ms('09:12:44'), 'full'], ['base-2', ms('10:00:00'), 'incremental'], ['base-3', ms('11:00:00'), 'full']],
  stretches: [
    row('09:00:00', '09:12:43', 'unreachable', -1, 'no full backup ended before it'),
    row('09:12:44', '09:59:59', 'recoverable', 0),
    row('10:00:00', '10:59:59', 'recoverable', 1),
    row('11:00:00', '11:29:59', 'unknown', -1, 'log-1 failed'),
    row('11:30:00', '12:00:00', 'recoverable', 2),
  ],
};
const TIME = { now: NOW, timeZone: 'Europe/Berlin' };
const chosen = (time: string) => chosenAt(COMPONENT, ms(time), TIME);

describe('the chosen instant', () => {
  it('says the base, the log and how much of it is replayed', () => {
    const { kind, time, why, log } = chosen('09:58:00');
    assert.deepEqual([kind, time, log], ['recoverable', '2026-11-23 10:58:00 (09:58:00 UTC), 2 h ago', 'log-1']);
    assert.equal(why, 'Base base-1 (full), ended 2026-11-23 10:12:44 (09:12:44 UTC), then 45 min 16 s of log log-1 to replay.');
  });

  it('says that nothing is replayed where the base ended', () => assert.match(chosen('09:12:44').why, /which ended in this second; nothing of log log-1 to replay/));

  for (const [time, kind, why] of [
    ['08:59:59', 'outside', /before the first log backup began/],
    ['09:00:00', 'unreachable', /Because no full backup ended before it\./],
    ['11:10:00', 'unknown', /Because log-1 failed\./],
    ['12:00:01', 'outside', /Log log-1 has not archived it yet/],
  ] as const) {
    it(`cannot be restored to at ${time}, and says why`, () => {
      assert.deepEqual([chosen(time).kind, chosen(time).log], [kind, undefined]);
      assert.match(chosen(time).why, why);
    });
  }

  it('is said in one breath', () => assert.equal(spokenText(chosen('11:10:00')), '2026-11-23 12:10:00 (11:10:00 UTC), 1 h ago. Not known whether it can be restored. Because log-1 failed.'));

  it('says of an engine without bases that the log is enough', () => {
    const free = { ...COMPONENT, stretches: [row('09:00:00', '12:00:00', 'recoverable', -1)].map(([from, to, kind, log, base, , restores, why]): StretchRow => [from, to, kind, log, base, from, restores, why]) };
    assert.equal(chosenAt(free, ms('10:00:00'), TIME).why, 'Log log-1 alone, 1 h of it to replay.');
  });

  it('begins and ends where something can be restored', () => {
    assert.deepEqual([oldestInstant(COMPONENT), newestInstant(COMPONENT)], [ms('09:12:44'), ms('12:00:00')]);
  });
});

describe('the next recovery point', () => {
  const points = ['09:12:44', '10:00:00', '10:59:59', '11:30:00', '12:00:00'].map(ms);

  it('leads over every end of a base and of what can be restored, and back', () => {
    const walk = (from: number, direction: 1 | -1): readonly number[] => {
      const seen: number[] = [];
      for (let at = recoveryPoint(COMPONENT, from, direction); at !== undefined && seen.length < 10; at = recoveryPoint(COMPONENT, at, direction)) seen.push(at);
      return seen;
    };
    assert.deepEqual(walk(ms('08:00:00'), 1), points);
    assert.deepEqual(walk(ms('13:00:00'), -1), [...points].reverse());
  });

  it('is the nearest from in between', () => {
    assert.equal(recoveryPoint(COMPONENT, ms('09:30:00'), 1), ms('10:00:00'));
    assert.equal(recoveryPoint(COMPONENT, ms('09:30:00'), -1), ms('09:12:44'));
    assert.equal(recoveryPoint(COMPONENT, ms('11:15:00'), -1), ms('10:59:59'));
  });

  it('does not exist where nothing is', () => assert.equal(recoveryPoint({ ...COMPONENT, stretches: [] }, NOW, 1), undefined));
});

describe('the scale', () => {
  const scale = { from: 0, to: 1_000_000, width: 1_000 };
  it('finds an instant where it put it, to the second', () => {
    assert.equal(positionOf(scale, 250_000), 250);
    assert.equal(instantAt(scale, 250.3), 250_000);
  });
  it('fits all with room beside it', () => assert.deepEqual(fitting(0, 100_000, 10), { from: -3_000, to: 103_000, width: 10 }));
  it('zooms around an instant, which stays where it is', () => {
    const near = zoomed(scale, 2, 250_000, scale);
    assert.deepEqual([near.to - near.from, positionOf(near, 250_000)], [500_000, 250]);
  });
  it('zooms no nearer than 20 s and no further than ten times all', () => {
    assert.equal(zoomed(scale, 1e9, 0, scale).to - zoomed(scale, 1e9, 0, scale).from, 20_000);
    assert.equal(zoomed(scale, 1e-9, 0, scale).to - zoomed(scale, 1e-9, 0, scale).from, 10_000_000);
  });
  it('moves by a share of what is in sight', () => assert.deepEqual(panned(scale, 0.1), { from: 100_000, to: 1_100_000, width: 1_000 }));
  it('stays where it is while the instant is in sight, and follows one that is not', () => {
    assert.equal(showing(scale, 500_000), scale);
    for (const at of [-5_000, 2_000_000]) {
      const { from, to } = showing(scale, at);
      assert.ok(from < at && at < to && to - from === 1_000_000);
    }
  });
});

describe('the ticks', () => {
  it('are round times of the zone, with the date at midnight', () => {
    const ticks = ticksOf({ from: ms('2026-11-22T20:00:00Z'), to: ms('2026-11-23T04:00:00Z'), width: 800 }, 'Europe/Berlin');
    assert.deepEqual(ticks.map(({ label }) => label), ['21:00', '22:00', '23:00', '2026-11-23', '01:00', '02:00', '03:00', '04:00', '05:00']);
  });
  it('leave room for their labels at every zoom', () => {
    for (let length = 20 * SECOND; length < 4e11; length *= 3) {
      const scale = { from: NOW - length, to: NOW, width: 700 };
      const xs = ticksOf(scale, 'UTC').map(({ at }) => positionOf(scale, at));
      assert.ok(xs.length <= 9 && xs.slice(1).every((x, index) => x - (xs[index] ?? 0) > 90), `${length}: ${xs.join()}`);
    }
  });
});

describe('the lanes', () => {
  const scale = fitting(ms('09:00:00'), ms('12:00:00'), 900);
  const laneOf = <K extends Lane['kind']>(lanes: readonly Lane[], kind: K) => lanes.filter((lane): lane is Lane & { kind: K } => lane.kind === kind);

  it('are bases, log and what can be restored', () => {
    const lanes = lanesOf(COMPONENT, scale);
    assert.deepEqual(lanes.map(({ label }) => label), ['base backups', 'log', 'restorable']);
    assert.deepEqual(laneOf(lanes, 'bases')[0]?.marks.map(({ name, count }) => [name, count]), [['base-1', 1], ['base-2', 1], ['base-3', 1]]);
    assert.deepEqual(laneOf(lanes, 'window')[0]?.bars.map(({ stretch }) => stretch), ['unreachable', 'recoverable', 'unknown', 'recoverable']);
  });

  it('have one for each target, and one for all of them', () => {
    const targets = [['a', ms('09:00:00'), ms('12:00:00')], ['b', ms('09:30:00'), ms('11:00:00')]] as const;
    assert.deepEqual(lanesOf({ ...COMPONENT, targets }, scale).map(({ label }) => label), ['base backups', 'log of a', 'log of b', 'all of them']);
  });

  it('draw no more shapes than there are pixels, whatever there is', () => {
    const count = 10_000;
    const kinds = ['recoverable', 'unreachable', 'unknown'] as const;
    const stretches = Array.from({ length: count }, (_, index): StretchRow => [index * 2_000, index * 2_000 + 1_000, kinds[index % 3] ?? 'unknown', 0, index, 0, true, '']);
    const bases = Array.from({ length: count }, (_, index) => [`base-${index}`, index * 2_000, 'full'] as const);
    const lanes = lanesOf({ ...COMPONENT, stretches, bases }, fitting(0, count * 2_000, 900));
    assert.ok((laneOf(lanes, 'window')[0]?.bars.length ?? 0) <= 900);
    const marks = laneOf(lanes, 'bases')[0]?.marks ?? [];
    assert.ok(marks.length <= 100);
    assert.equal(marks.reduce((sum, mark) => sum + mark.count, 0), count);
    assert.ok(laneOf(lanes, 'window')[0]?.bars.every(({ stretch }) => stretch !== 'recoverable'), 'what cannot be counted on is not hidden');
  });

  it('are empty out of sight', () => {
    const lanes = lanesOf(COMPONENT, { from: 0, to: 1_000_000, width: 900 });
    assert.deepEqual(lanes.map((lane) => (lane.kind === 'bases' ? lane.marks : lane.bars)), [[], [], []]);
  });
});

describe('a typed time', () => {
  const read = (text: string, zone = 'Europe/Berlin') => readTypedTime(text, zone, NOW);
  const at = (text: string, zone?: string) => {
    const typed = read(text, zone);
    return typed.kind === 'instant' ? new Date(typed.at).toISOString() : typed.kind === 'question' ? typed.choices.map((choice) => new Date(choice.at).toISOString()) : typed.message;
  };

  it('is of the chosen zone', () => assert.equal(at('2026-11-23 11:58'), '2026-11-23T10:58:00.000Z'));
  it('is of the zone that is written behind it', () => assert.equal(at('2026-11-23 11:58 America/New_York'), '2026-11-23T16:58:00.000Z'));
  it('may say its offset', () => assert.equal(at('2026-11-23T11:58:00+08:00'), '2026-11-23T03:58:00.000Z'));
  it('is asked about where the clock was put forward', () => assert.deepEqual(at('2026-03-29 02:30'), ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z']));
  it('is asked about where the clock was put back', () => assert.deepEqual(at('2026-10-25 02:30'), ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']));
  it('is refused in a zone there is not', () => assert.equal(at('11:58', 'Mars/Olympus'), 'Mars/Olympus is no time zone. Write it like Europe/Berlin or UTC.'));
  it('is refused when it is none', () => assert.match(String(at('noon')), /"noon" is no time\. Write it like/));
});
