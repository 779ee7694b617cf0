import assert from 'node:assert/strict';
import { parseRestoreTime } from '../../../src/kubeblocks/restoreTimeGrammar';
import { rfc3339 } from '../../../src/kubeblocks/timeText';

describe('a restore time of an OpsRequest', () => {
  const read: readonly (readonly [string, string])[] = [
    ['2026-11-23T09:58:00Z', '2026-11-23T09:58:00Z'],
    ['2026-11-23T11:58:00+02:00', '2026-11-23T09:58:00Z'],
    ['2026-11-23T09:58:00.250Z', '2026-11-23T09:58:00Z'],
    ['Jul 25,2023 18:52:53 UTC+0800', '2023-07-25T10:52:53Z'],
    ['jul 25,2023 8:52:53 UTC-0330', '2023-07-25T12:22:53Z'],
    ['2026-11-23T9:58:00,5Z', '2026-11-23T09:58:00Z'],
    ['Jul  25,2023 18:52:53 UTC+0800', '2023-07-25T10:52:53Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ];
  for (const [text, instant] of read) {
    it(`is read from ${text}`, () => {
      const ms = parseRestoreTime(text);
      assert.equal(ms === undefined ? undefined : rfc3339(ms), instant);
    });
  }

  for (const text of ['2026-11-23 09:58:00', '2026-11-23T09:58:00', '2026-11-23T09:58Z', '2026-02-29T00:00:00Z', '2026-11-23T24:00:00Z', 'Jul 25,2023 18:52 UTC+0800', 'Julo 25,2023 18:52:53 UTC+0800', 'Jul 5,2023 18:52:53 UTC+0800', 'now', '']) {
    it(`is not read from "${text}"`, () => {
      assert.equal(parseRestoreTime(text), undefined);
    });
  }
});
