// @ts-check
/**
 * `node esbuild.js`          makes dist/ (minified, no source maps): extension.js, cli.js, clientNode.js and the playground's data
 * `node esbuild.js --dev`    the same, readable and with source maps
 * `node esbuild.js --test`   bundles what tests and measures inside VS Code into out/test/
 */
const fs = require('node:fs');
const esbuild = require('esbuild');

const dev = process.argv.includes('--dev');
const CLIENT_NODE = '@kubernetes/client-node';

/** Leaves the client library to a bundle of its own, which is read when a cluster is first touched. */
const clientNodeApart = {
  name: 'client-node-apart',
  setup(/** @type {esbuild.PluginBuild} */ build) {
    build.onResolve({ filter: /^@kubernetes\/client-node$/ }, () => ({ path: './clientNode.js', external: true }));
  },
};

/**
 * Of the client library only kubeconfig and authentication are used. Its generated API (3 MB) is reached from them by
 * one method, `makeApiClient`, which nothing here calls.
 */
const withoutGeneratedApi = {
  name: 'without-generated-api',
  setup(/** @type {esbuild.PluginBuild} */ build) {
    build.onLoad({ filter: /client-node[\\/]dist[\\/]gen[\\/]index\.js$/ }, () => ({
      contents: `
        export class ServerConfiguration { constructor() { throw new Error('The generated Kubernetes API is not bundled.'); } }
        export function createConfiguration() { throw new Error('The generated Kubernetes API is not bundled.'); }
      `,
    }));
    // Used for the name `Headers` alone, which Node has had since 18.
    build.onResolve({ filter: /^node-fetch$/ }, () => ({ path: 'node-fetch', namespace: 'built-in-fetch' }));
    build.onLoad({ filter: /.*/, namespace: 'built-in-fetch' }, () => ({ contents: 'export const Headers = globalThis.Headers;' }));
  },
};

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: !dev,
  sourcemap: dev,
  supported: { 'dynamic-import': false },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
};

/** Data that the playground reads at run time, beside the bundles. */
const DATA = [
  ['src/playground/engines', 'dist/playground/engines', /\.ya?ml$/],
  ['src/playground/samples', 'dist/playground/samples', /\.ya?ml$/],
];

function copyData() {
  for (const [from, to, pattern] of /** @type {[string, string, RegExp][]} */ (DATA)) {
    if (!fs.existsSync(from)) continue;
    fs.cpSync(from, to, { recursive: true, filter: (file) => fs.statSync(file).isDirectory() || pattern.test(file) });
  }
}

async function buildProduct() {
  fs.rmSync('dist', { recursive: true, force: true });
  await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.js',
      external: ['vscode'],
      plugins: [clientNodeApart],
    }),
    esbuild.build({
      ...shared,
      entryPoints: ['src/cli/main.ts'],
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
      plugins: [clientNodeApart],
    }),
    esbuild.build({
      ...shared,
      stdin: { contents: `export * from '${CLIENT_NODE}/dist/config.js';`, resolveDir: __dirname },
      outfile: 'dist/clientNode.js',
      plugins: [withoutGeneratedApi],
    }),
  ]);
  fs.chmodSync('dist/cli.js', 0o755);
  copyData();
}

async function buildEditorTests() {
  fs.rmSync('out/test', { recursive: true, force: true });
  await esbuild.build({
    ...shared,
    minify: false,
    sourcemap: 'inline',
    supported: {},
    entryPoints: ['test/support/extensionHostSuite.ts', 'test/bench/activation.ts', 'test/editor/**/*.test.ts'],
    outbase: 'test',
    outdir: 'out/test',
    external: ['vscode', 'mocha', CLIENT_NODE],
  });
}

(process.argv.includes('--test') ? buildEditorTests() : buildProduct()).catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
