import assert from 'node:assert/strict';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';

const root = path.join(__dirname, '..', '..');

/** Sources that are loaded with the first one: what `import()` names is not. */
function loadedWith(first: string, inputs: Metafile['inputs'], seen = new Set<string>()): ReadonlySet<string> {
  if (!seen.has(first)) {
    seen.add(first);
    inputs[first]?.imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true).forEach(({ path: next }) => loadedWith(next, inputs, seen));
  }
  return seen;
}

describe('What is loaded when VS Code activates the extension', () => {
  let loaded: ReadonlySet<string>;

  before(async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/extension.ts'],
      bundle: true,
      write: false,
      platform: 'node',
      packages: 'external',
      metafile: true,
      outfile: 'extension.js',
    });
    loaded = loadedWith('src/extension.ts', metafile.inputs);
  });

  it('is the composition and the views', () => {
    assert.ok(loaded.has('src/compose.ts') && loaded.has('src/ui/views/view.ts'));
  });

  for (const later of ['commands/commandTable.ts', 'documents/documentText.ts', 'timeline/timelines.ts', 'timeline/buildTimeline.ts', 'views/buildTree.ts', 'language/languageFeatures.ts', 'language/starters.ts']) {
    it(`leaves src/ui/${later} for when it is needed`, () => {
      assert.ok(!loaded.has(`src/ui/${later}`));
    });
  }

  it('leaves the manifest service for the first manifest that is opened', () => {
    assert.deepEqual([...loaded].filter((file) => file.startsWith('src/manifest/')), ['src/manifest/session/manifestText.ts']);
  });

  it('leaves the connection, plans and readers of a cluster for when one is touched', () => {
    const early = [...loaded].filter((file) => /src\/kubernetes\/(clusterSession|listWatch|transport|projection)|src\/kubeblocks\/(clusterIndex|protection|restorePlan|backupPlan|diagnosis)/.test(file));
    assert.deepEqual(early, []);
  });
});
