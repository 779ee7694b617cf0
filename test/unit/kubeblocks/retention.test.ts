import assert from 'node:assert/strict';
import { expiryOf, parseRetention, tooLongRetention } from '../../../src/kubeblocks/retention';

const DAY = 86_400_000;

describe('parseRetention', () => {
  const lengths: readonly (readonly [string, number])[] = [
    ['', 0],
    ['  ', 0],
    ['0d', 0],
    ['7d', 7 * DAY],
    [' 7d ', 7 * DAY],
    ['\u0085 7d\n', 7 * DAY],
    ['9223372036854775807m', 9223372036854775807 * 60_000],
    ['1y2mo3w4d5h6m', (365 + 60 + 21 + 4) * DAY + 5 * 3_600_000 + 6 * 60_000],
    ['6m5h', 5 * 3_600_000 + 6 * 60_000],
    ['1d2d', 2 * DAY],
    ['1m1mo', 30 * DAY + 60_000],
  ];
  for (const [text, ms] of lengths) {
    it(`reads "${text}" as ${ms} ms`, () => assert.deepEqual(parseRetention(text), { ok: true, ms }));
  }

  for (const text of ['7', 'd', '7days', '7D', '1.5d', '10s', '7 d', '-7d', '٣d', '\ufeff7d']) {
    it(`refuses "${text}"`, () => assert.deepEqual(parseRetention(text), { ok: false, error: 'invalid duration provided' }));
  }

  it('refuses a number that Go does not hold', () => {
    assert.deepEqual(parseRetention('9223372036854775808m'), { ok: false, error: 'strconv.Atoi: parsing "9223372036854775808": value out of range' });
  });

  it('takes a negative length where an old controller does', () => {
    assert.deepEqual(parseRetention('-7d', { allowNegative: true }), { ok: true, ms: -7 * DAY });
  });
});

describe('tooLongRetention', () => {
  // time.Minute * time.Duration(999*365*24*60) is -1496951h9m7s in Go.
  it('tells of a period that overflows', () => assert.match(tooLongRetention('999y') ?? '', /292 years/));
  ['292y', '', 'words'].forEach((period) => {
    it(`says nothing of "${period}"`, () => assert.equal(tooLongRetention(period), undefined));
  });
});

describe('expiryOf', () => {
  it('adds the period to the end of the backup', () => assert.equal(expiryOf('7d', 1000), 1000 + 7 * DAY));

  for (const period of [undefined, '', '0d', 'soon']) {
    it(`never comes for ${period === undefined ? 'no period' : `"${period}"`}`, () => assert.equal(expiryOf(period, 1000), undefined));
  }
});
