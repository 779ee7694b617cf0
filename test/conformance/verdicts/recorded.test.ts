import assert from 'node:assert/strict';
import { readDocumentQuickly } from '../../../src/manifest/manifestDocument';
import { dialectOf } from '../../support/manifestDialect';
import { readJudgedFiles } from './recorded';
import { disagreements, ourVerdicts } from './verdicts';

/** Beside what a real API server answered (recorded by `test/cluster/verdicts.test.ts`). */
describe('verdicts about whole files', () => {
  const files = readJudgedFiles();
  const verdicts = files.flatMap((file) => file.verdicts);

  it('are those of the API server, document by document', () => {
    assert.deepEqual(files.flatMap((file) => disagreements(file, ourVerdicts(file.text, dialectOf('1.0')))), []);
  });

  it('are the same to the fast reader', () => {
    assert.deepEqual(files.flatMap((file) => disagreements(file, ourVerdicts(file.text, dialectOf('1.0'), readDocumentQuickly))), []);
  });

  it('were asked enough, right and wrong', () => {
    const refused = verdicts.filter((verdict) => verdict !== undefined).length;
    assert.ok(refused > 150 && verdicts.length - refused > 75, `${refused} of ${verdicts.length} refused`);
  });
});
