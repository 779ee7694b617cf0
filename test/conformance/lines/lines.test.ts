import assert from 'node:assert/strict';
import type { Comparison } from '../stories/report';
import { slugOf } from './chapter';
import { CHAPTERS } from './chapters';
import { readLineGolden } from './goldens';
import { faultsOf, reportText } from './lineReport';
import { startLineStage } from './lineStage';
import { observeLine, renamedLog } from './observeLine';

/** Against what real controllers of 0.9 and 1.2 showed when they were recorded; `derive.ts` makes the goldens. */
describe('stories of other lines, as recorded', function () {
  this.timeout(60_000);
  const comparisons: Comparison[] = [];
  after(() => {
    process.stdout.write(`\n${reportText(comparisons)}\n`);
  });

  for (const chapter of CHAPTERS) {
    it(slugOf(chapter), async () => {
      const real = readLineGolden(chapter);
      assert.ok(real, 'never derived: run test/conformance/lines/derive.ts with the folder of the recordings');
      const stage = await startLineStage(chapter.line);
      try {
        await chapter.prepare?.(stage);
        await stage.untilQuiet();
        stage.forget();
        await chapter.tell(stage);
        await stage.untilQuiet();
        const comparison = { story: slugOf(chapter), real, playground: observeLine(renamedLog(stage.log, chapter.rename), chapter.about) };
        comparisons.push(comparison);
        assert.deepEqual(faultsOf(comparison), []);
        assert.deepEqual(stage.problems, []);
      } finally {
        await stage.close();
      }
    });
  }
});
