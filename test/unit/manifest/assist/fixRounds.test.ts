import assert from 'node:assert/strict';
import { fixAll } from '../../../../src/manifest/assist/fixesAt';
import { fixRounds } from '../../../../src/manifest/assist/fixRounds';
import { applyEdits } from '../../../../src/manifest/assist/textEdit';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile, type ManifestFile } from '../../../../src/manifest/manifestFile';
import type { ManifestFinding } from '../../../../src/manifest/manifestFinding';
import { dialectOf } from '../../../support/manifestDialect';

const OTHER = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a} # as it is\n---\n';
const HEAD = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: orders-1\nspec:\n  backupPolicyName: orders-policy\n  backupMethod: full\n';

const judge = (file: ManifestFile): Promise<readonly ManifestFinding[]> => Promise.resolve(judgeFile(file, [], dialectOf('1.0')));

async function everyFix(text: string): Promise<string> {
  const file = readFile(text);
  return applyEdits(text, await fixRounds(file, await judge(file), judge));
}

describe('all fixes at once', () => {
  it('mend the value of a field that got its name back, too', async () => {
    const text = `${OTHER}${HEAD}  deletionPolicyy: delete # c\n`;
    const after = `${OTHER}${HEAD}  deletionPolicy: Delete # c\n`;
    assert.equal(await everyFix(text), after);
    assert.equal(await everyFix(after), after, 'a second time nothing');
    const file = readFile(text);
    assert.notEqual(applyEdits(text, fixAll(file, await judge(file))), after, 'one round is not enough');
  });

  it('change no more than they need where one round is enough', async () => {
    const file = readFile(`${HEAD}  deletionPolicyy: Delete\n`);
    const findings = await judge(file);
    assert.deepEqual(await fixRounds(file, findings, judge), fixAll(file, findings));
  });

  it('end where two would chase each other', async () => {
    const file = readFile(`${HEAD}  deletionPolicy: Delete\n`);
    const [object] = file.documents[0]?.document.objects ?? [];
    assert.ok(object !== undefined);
    let asked = 0;
    const never = (now: ManifestFile): Promise<readonly ManifestFinding[]> => {
      asked += 1;
      const [held] = now.documents[0]?.document.objects ?? [];
      assert.ok(held !== undefined);
      const path = ['spec', 'deletionPolicy'];
      return Promise.resolve([{ code: 'x', severity: 'error', source: 'rule', message: 'x', place: { kind: 'path', object: held, path, part: 'value' }, fixes: [{ title: 'x', edits: [{ kind: 'setValue', object: held, path, value: `Delete${asked}` }] }] }]);
    };
    await fixRounds(file, await never(file), never);
    assert.ok(asked < 20, String(asked));
  });
});
