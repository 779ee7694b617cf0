// @ts-check
/**
 * `node esbuild.js`          makes dist/ (minified, no source maps): extension.js, cli.js, the libraries they load on need, timeline.js for the
 *                            page of the recovery timeline, and the playground's data
 * `node esbuild.js --dev`    the same, readable and with source maps
 * `node esbuild.js --test`   bundles what tests and measures inside VS Code into out/test/
 */
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { parseAllDocuments } = require('yaml');

const dev = process.argv.includes('--dev');

/** Libraries that are read when one of their functions is first called, not when the extension is loaded. */
const LAZY = { yaml: './yaml.js', '@marcbachmann/cel-js': './celJs.js', 'vscode-languageserver/node': './languageServer.js' };

/** Leaves these libraries to bundles of their own. */
const librariesApart = {
  name: 'libraries-apart',
  setup(/** @type {esbuild.PluginBuild} */ build) {
    build.onResolve({ filter: /^(yaml|@marcbachmann\/cel-js|vscode-languageserver\/node)$/ }, ({ path }) => ({ path, namespace: 'lazy' }));
    build.onResolve({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => {
      const file = JSON.stringify(LAZY[/** @type {keyof typeof LAZY} */ (path)]);
      const names = Object.keys(require(path)).filter((name) => name !== '__esModule').map((name) => `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require(${file}).${name} });`);
      return { contents: `exports.__esModule = true;\n${names.join('\n')}` };
    });
  },
};

const AS_LOADED = /** @type {const} */ ({ platform: 'node', target: 'node20', supported: { 'dynamic-import': false } });

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  ...AS_LOADED,
  format: 'cjs',
  minify: !dev,
  sourcemap: dev,
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
};

/** Data that the playground reads at run time, beside the bundles. Written as JSON: parsing YAML takes longer than the rest of its start. */
const DATA = [
  ['src/playground/engines', 'dist/playground/engines'],
  ['src/playground/samples/environment', 'dist/playground/samples/environment'],
  ['src/playground/samples/clusters', 'dist/playground/samples/clusters'],
];

function convertData() {
  for (const [from, to] of /** @type {[string, string][]} */ (DATA)) {
    if (!fs.existsSync(from)) continue;
    fs.mkdirSync(to, { recursive: true });
    for (const name of fs.readdirSync(from).filter((file) => file.endsWith('.yaml'))) {
      const documents = parseAllDocuments(fs.readFileSync(path.join(from, name), 'utf8'));
      const objects = [...documents].map((document) => document.toJS());
      fs.writeFileSync(path.join(to, name.replace(/\.yaml$/, '.json')), JSON.stringify(objects));
    }
  }
}

/**
 * The extension and the command line in parts, which they share: what `import()` names is a file of its own, read when
 * it is first needed. esbuild splits ES modules only, so each part becomes CommonJS, as VS Code loads it, in a second step.
 */
async function buildParts(/** @type {string} */ folder) {
  const { outputFiles, metafile } = await esbuild.build({
    ...shared,
    format: 'esm',
    splitting: true,
    supported: {},
    sourcemap: dev && 'inline',
    entryPoints: { extension: 'src/extension.ts', cli: 'src/cli/main.ts', browserLanguage: 'src/ui/browser/browserLanguage.ts' },
    outdir: folder,
    metafile: true,
    alias: { '@vscode/l10n': require.resolve('@vscode/l10n/dist/browser.js') },
    chunkNames: '[name]-[hash]',
    external: ['vscode'],
    plugins: [librariesApart],
    write: false,
  });
  fs.mkdirSync(folder, { recursive: true });
  await Promise.all(
    outputFiles.map(async ({ path: file, text }) => {
      // Neutral: parts are read by `require` alone, so none repeats its names for Node's `import`.
      const { code } = await esbuild.transform(text, { ...AS_LOADED, platform: 'neutral', format: 'cjs', minify: !dev, sourcemap: dev && 'inline' });
      fs.writeFileSync(file, path.basename(file) === 'cli.js' ? `#!/usr/bin/env node\n${code}` : code);
    }),
  );
  return browserParts(metafile, folder);
}

/**
 * The parts that VS Code in the browser reads: those below the language half. Anything of Node in one of them fails here.
 * @param {esbuild.Metafile} metafile
 * @param {string} folder
 */
function browserParts({ outputs }, folder) {
  const known = new Set([BROWSER_FIRST]);
  for (const name of known) {
    const imports = Object.entries(outputs).find(([file]) => path.resolve(file) === path.resolve(folder, name))?.[1].imports ?? [];
    for (const { path: wanted, external } of imports) {
      if (external !== true) known.add(path.basename(wanted));
      else if (Object.values(LAZY).includes(wanted)) known.add(path.basename(wanted));
      else if (wanted !== 'vscode') throw new Error(`${name}, which is for the browser as well, asks for ${wanted}.`);
    }
  }
  return [...known];
}

/** What `src/ui/browser/browserExtension.ts` begins with. */
const BROWSER_FIRST = 'browserLanguage.js';

/**
 * What VS Code in the browser loads; it reads the parts itself.
 * @param {string} folder
 * @param {readonly string[]} parts
 */
async function buildBrowser(folder, parts) {
  await esbuild.build({
    ...shared,
    platform: 'browser',
    target: 'es2022',
    supported: {},
    entryPoints: ['src/ui/browser/browserExtension.ts'],
    outfile: path.join(folder, 'browser', 'extension.js'),
    external: ['vscode'],
    define: { ...shared.define, PARTS: JSON.stringify(parts) },
  });
}

/** Without what only Node has, so that the browser can read them, too; the language server is Node's alone. */
async function buildLibraries(/** @type {string} */ folder) {
  const entryPoints = Object.entries(LAZY).map(([name, file]) => ({ in: name, out: path.basename(file, '.js') }));
  const isOfNode = (/** @type {{ out: string }} */ { out }) => out === 'languageServer';
  await Promise.all([
    esbuild.build({ ...shared, entryPoints: entryPoints.filter(isOfNode), outdir: folder }),
    esbuild.build({ ...shared, platform: 'browser', entryPoints: entryPoints.filter((each) => !isOfNode(each)), outdir: folder }),
  ]);
}

async function buildProduct() {
  fs.rmSync('dist', { recursive: true, force: true });
  await Promise.all([
    buildParts('dist').then((parts) => buildBrowser('dist', parts)),
    buildLibraries('dist'),
    esbuild.build({
      ...shared,
      platform: 'browser',
      target: 'chrome120',
      supported: {},
      format: 'iife',
      entryPoints: { timeline: 'src/ui/timeline/view/main.ts' },
      outdir: 'dist',
    }),
  ]);
  fs.chmodSync('dist/cli.js', 0o755);
  convertData();
}

async function buildEditorTests() {
  fs.rmSync('out/test', { recursive: true, force: true });
  await esbuild.build({
    ...shared,
    minify: false,
    sourcemap: 'inline',
    supported: {},
    entryPoints: ['test/support/extensionHostSuite.ts', 'test/bench/activation.ts', 'test/editor/**/*.test.ts', 'test/beside/**/*.test.ts'],
    outbase: 'test',
    outdir: 'out/test',
    external: ['vscode', 'mocha', '@kubernetes/client-node'],
  });
}

module.exports = { buildParts, buildBrowser, buildLibraries };

if (require.main === module) {
  (process.argv.includes('--test') ? buildEditorTests() : buildProduct()).catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
