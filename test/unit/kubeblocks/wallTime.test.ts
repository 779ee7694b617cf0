import assert from 'node:assert/strict';
import { instantsOf, parseTime } from '../../../src/kubeblocks/wallTime';
import { NOW } from '../../support/builders';

function read(text: string, timeZone = 'Europe/Berlin'): string {
  const parsed = parseTime(text, { now: NOW, timeZone });
  switch (parsed.kind) {
    case 'instant':
      return new Date(parsed.ms).toISOString().slice(0, 19);
    case 'ambiguous':
      return parsed.choices.map((ms) => new Date(ms).toISOString().slice(0, 19)).join(' or ');
    case 'invalid':
      return parsed.message;
  }
}

describe('parseTime', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['2026-11-23 11:58:00', '2026-11-23T10:58:00'],
    ['2026-11-23T11:58', '2026-11-23T10:58:00'],
    ['11:58', '2026-11-23T10:58:00'],
    [' 9:05 ', '2026-11-23T08:05:00'],
    ['2026-11-23T11:58:00Z', '2026-11-23T11:58:00'],
    ['2026-11-23 11:58:00 UTC', '2026-11-23T11:58:00'],
    ['11:58 UTC', '2026-11-23T11:58:00'],
    ['2026-11-23T11:58:00+08:00', '2026-11-23T03:58:00'],
    ['2026-11-23T11:58:00.750Z', '2026-11-23T11:58:00'],
    ['2026-07-01 12:00', '2026-07-01T10:00:00'],
    ['2026-10-25 02:30', '2026-10-25T00:30:00 or 2026-10-25T01:30:00'],
    ['2026-03-29 02:30', '2026-03-29 02:30:00 did not exist in Europe/Berlin: the clock was put forward. Write the time in UTC.'],
    ['11:63', '11:63 is no time of day.'],
    ['2026-02-30 10:00', '2026-02-30 is no day of the calendar.'],
    ['yesterday', '"yesterday" is no time. Write it like 2026-11-23 13:10:04 or 2026-11-23T12:10:04Z.'],
    ['2026-11-23', '"2026-11-23" is no time. Write it like 2026-11-23 13:10:04 or 2026-11-23T12:10:04Z.'],
  ];
  for (const [text, meaning] of cases) {
    it(`reads "${text}"`, () => assert.equal(read(text), meaning));
  }
});

describe('instantsOf', () => {
  for (const zone of ['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe']) {
    it(`finds hours all over a year again in ${zone}`, () => {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 25 * 3_600_000) {
        const wall = Date.parse(`${format.format(ms).replace(' ', 'T')}Z`);
        assert.ok(instantsOf(wall, zone).includes(ms), new Date(ms).toISOString());
      }
    });
  }
});
