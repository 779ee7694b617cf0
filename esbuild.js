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
const { rollup } = require('rollup');
const { minify } = require('terser');
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

/** Data that the playground reads at run time, beside the bundles. Written as JSON, a file for each folder: parsing YAML takes longer than the rest of its start. */
const DATA = [
  ['src/playground/engines', 'dist/playground/engines'],
  ['src/playground/samples/environment', 'dist/playground/samples/environment'],
  ['src/playground/samples/clusters', 'dist/playground/samples/clusters'],
];

function convertData() {
  for (const [from, to] of /** @type {[string, string][]} */ (DATA)) {
    if (!fs.existsSync(from)) continue;
    fs.mkdirSync(to, { recursive: true });
    const names = fs.readdirSync(from).filter((file) => file.endsWith('.yaml')).sort();
    const objects = names.flatMap((name) => [...parseAllDocuments(fs.readFileSync(path.join(from, name), 'utf8'))].map((document) => document.toJS()));
    fs.writeFileSync(path.join(to, 'all.json'), JSON.stringify(objects));
  }
}

/**
 * The extension and the command line in parts, which they share: what `import()` names is a file of its own, read when
 * it is first needed. esbuild splits them as ES modules; Rollup writes these as CommonJS, as VS Code loads it, and puts
 * the smallest together.
 */
async function buildParts(/** @type {string} */ folder) {
  const { outputFiles } = await esbuild.build({
    ...shared,
    format: 'esm',
    splitting: true,
    supported: {},
    minify: false,
    sourcemap: dev && 'external',
    entryPoints: { extension: 'src/extension.ts', cli: 'src/cli/main.ts', browserLanguage: 'src/ui/browser/browserLanguage.ts' },
    outdir: folder,
    alias: { '@vscode/l10n': require.resolve('@vscode/l10n/dist/browser.js') },
    chunkNames: '[name]-[hash]',
    external: ['vscode'],
    plugins: [librariesApart],
    write: false,
  });
  const texts = new Map(outputFiles.map(({ path: file, text }) => [file, text]));
  const bundle = await rollup({
    logLevel: 'warn',
    input: ['extension', 'cli', 'browserLanguage'].map((name) => path.resolve(folder, `${name}.js`)),
    plugins: [
      {
        name: 'parts-in-memory',
        resolveId: (source, importer) => (importer === undefined ? source : source.startsWith('./') ? path.resolve(folder, source) : { id: source, external: true }),
        load: (id) => {
          const code = texts.get(id);
          if (code === undefined) throw new Error(`${path.basename(id)} is no part that esbuild made.`);
          return { code, map: texts.get(`${id}.map`) ?? null };
        },
      },
    ],
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'cjs',
    dynamicImportInCjs: false,
    externalLiveBindings: false,
    experimentalMinChunkSize: SMALL_PART,
    chunkFileNames: '[name].js',
    sourcemap: dev && 'inline',
    plugins: dev ? [] : [{ name: 'minify', renderChunk: smallest }],
  });
  await bundle.close();
  const cli = path.join(folder, 'cli.js');
  fs.writeFileSync(cli, `#!/usr/bin/env node\n${fs.readFileSync(cli, 'utf8')}`);
  return browserParts(output.filter((each) => each.type === 'chunk'));
}

/** esbuild makes it small in a second, Terser the result 3 % smaller. */
async function smallest(/** @type {string} */ text) {
  const { code } = await esbuild.transform(text, { ...AS_LOADED, format: 'cjs', minify: true });
  return (await minify(code, { toplevel: true, compress: { ecma: 2020 }, format: { ecma: 2020 } })).code ?? code;
}

/** Parts below this size (bytes, before they are minified) are put together with others where no more is read early for it. */
const SMALL_PART = 10_000;

/**
 * The parts that VS Code in the browser reads: those below the language half. Anything of Node in one of them fails here.
 * @param {readonly import('rollup').OutputChunk[]} chunks
 */
function browserParts(chunks) {
  const known = new Set([BROWSER_FIRST]);
  for (const name of known) {
    const { imports = [], dynamicImports = [], code = '' } = chunks.find(({ fileName }) => fileName === name) ?? {};
    for (const wanted of [...imports, ...dynamicImports]) {
      if (chunks.some(({ fileName }) => fileName === wanted)) known.add(wanted);
      else if (wanted !== 'vscode') throw new Error(`${name}, which is for the browser as well, asks for ${wanted}.`);
    }
    for (const library of Object.values(LAZY)) if (code.includes(library)) known.add(path.basename(library));
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
    entryPoints: ['test/support/extensionHostSuite.ts', 'test/bench/activation.ts', 'test/bench/typing.ts', 'test/editor/**/*.test.ts', 'test/beside/**/*.test.ts'],
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
