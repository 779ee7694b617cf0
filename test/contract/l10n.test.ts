import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson, type IScriptFile } from '@vscode/l10n-dev';

const ROOT = path.join(__dirname, '..', '..');
/** What `npm run l10n` exports. The playground imitates Kubernetes, whose texts are not translated. */
const SOURCES = ['src/ui', 'src/kubeblocks', 'src/manifest', 'src/operations', 'src/kubernetes', 'src/cli'];

function scriptsIn(folder: string): IScriptFile[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => ({ extension: '.ts', contents: readFileSync(path.join(ROOT, folder, name), 'utf8') }));
}

describe('the bundle of sentences to translate', function () {
  this.timeout(120_000);

  it('holds every sentence of the code and no other (npm run l10n)', async () => {
    const expected = await getL10nJson(SOURCES.flatMap(scriptsIn));
    const bundle = JSON.parse(readFileSync(path.join(ROOT, 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(bundle).sort(), Object.keys(expected).sort());
  });
});
