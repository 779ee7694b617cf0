import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCrds } from '../../../src/playground/admission/loadCrds';
import { startPlaygroundSide, type PlaygroundSide } from '../stories/playgroundSide';
import { ADMISSION_NAMESPACE, answersOf, readAnswers } from './answers';
import { allCandidates } from './mutations';

/** Beside what a real API server answered (recorded by `test/cluster/admission.test.ts`). */
describe('admission of objects right and wrong', function () {
  this.timeout(60_000);
  let side: PlaygroundSide;
  before(async () => (side = await startPlaygroundSide()));
  after(() => side.close());

  it('says of each what the real server says', async () => {
    const candidates = allCandidates(loadCrds('1.0', join(__dirname, '../../../schemas')), ADMISSION_NAMESPACE);
    const recorded = readAnswers();
    assert.ok(candidates.length >= 400, `${candidates.length} are too few`);
    assert.deepEqual(await answersOf(side.api, candidates), recorded);
  });
});
