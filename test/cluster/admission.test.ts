import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCrds } from '../../src/playground/admission/loadCrds';
import { ADMISSION_NAMESPACE, answersOf, writeAnswers } from '../conformance/admission/answers';
import { allCandidates } from '../conformance/admission/mutations';
import { startPlaygroundSide } from '../conformance/stories/playgroundSide';
import { sharedCluster } from './support/sharedCluster';

/** UPDATE_GOLDENS=1 keeps what the real server answered. */
describe('admission, beside the real API server', () => {
  it('refuses and takes the same objects in the same words', async () => {
    const candidates = allCandidates(loadCrds('1.0', join(__dirname, '../../schemas')), ADMISSION_NAMESPACE);
    const real = await answersOf((await sharedCluster()).api, candidates);
    if (process.env.UPDATE_GOLDENS === '1') writeAnswers(real);
    const side = await startPlaygroundSide();
    try {
      const playground = await answersOf(side.api, candidates);
      const differing = Object.keys(real).filter((name) => real[name] !== playground[name]);
      process.stdout.write(`\n${candidates.length} objects on both sides: ${differing.length} answered otherwise.\n`);
      assert.deepEqual(playground, real);
    } finally {
      await side.close();
    }
  });
});
