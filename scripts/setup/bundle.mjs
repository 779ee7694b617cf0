import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './command.mjs';
import { OUT, ROOT, say } from './project.mjs';
import { keyOf, onceFor } from './stamp.mjs';

const CURE = 'Run "npm run typecheck" to see what is wrong.';
const PRODUCT = ['src', 'esbuild.js', 'package-lock.json'];
const SHIPPED = [...PRODUCT, 'package.json', 'package.nls.json', '.vscodeignore', 'schemas', 'media', 'l10n', 'syntaxes', 'docs/images', 'scripts/package.mjs', 'scripts/setup/tightZip.mjs', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/** Makes dist/ again when a source changed. */
export async function ensureBundle() {
  await onceFor(path.join(ROOT, 'dist', '.made-from'), keyOf(ROOT, PRODUCT), path.join(ROOT, 'dist', 'extension.js'), async () => {
    say('Bundling the extension and the command line…');
    await mustRun('The bundle could not be made', CURE, process.execPath, ['esbuild.js']);
  });
}

/** Bundles the tests that run inside VS Code again when a source or a test changed. */
export async function ensureEditorTests() {
  await onceFor(path.join(OUT, 'test', '.made-from'), keyOf(ROOT, [...PRODUCT, 'test/editor', 'test/beside', 'test/bench', 'test/support', 'test/cluster/lane', 'test/cluster/standins']), path.join(OUT, 'test'), async () => {
    say('Bundling the editor tests…');
    await mustRun('The editor tests could not be bundled', CURE, process.execPath, ['esbuild.js', '--test']);
  });
}

/** Packs the extension when anything that ships changed. Gives the file's path. */
export async function ensurePackage() {
  const { name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const file = path.join(OUT, `${name}-${version}.vsix`);
  await onceFor(path.join(OUT, 'vsix.made-from'), keyOf(ROOT, SHIPPED), file, async () => {
    say('Packing the extension…');
    await mustRun('The extension could not be packed', 'Run "npm run package" to see why.', process.execPath, ['scripts/package.mjs', '--out', file]);
  });
  return file;
}
