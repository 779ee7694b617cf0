// @ts-check
/** Prints how many milliseconds `require('dist/extension.js')` takes, and the bytes of project files it read. */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const dist = path.resolve(__dirname, '..', '..', 'dist');

/** Stands for everything in `vscode`: a class, a function and a namespace at once. */
/** @type {object} */
const anything = new Proxy(class {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => '' : key === 'prototype' ? target.prototype : anything),
  apply: () => anything,
});

// The extension host has loaded what Node brings long before.
for (const name of Module.builtinModules) if (/^(https?|fs|path|os|crypto|child_process|net|tls|stream|zlib|url|util|events|async_hooks|perf_hooks|timers|readline)(\/promises)?$/.test(name)) require(name);

let bytes = 0;
const load = Reflect.get(Module, '_load');
Reflect.set(Module, '_load', (/** @type {string} */ request, /** @type {unknown} */ parent, /** @type {boolean} */ isMain) =>
  request === 'vscode' ? anything : load(request, parent, isMain),
);
const compileJs = Reflect.get(Module, '_extensions')['.js'];
Reflect.get(Module, '_extensions')['.js'] = (/** @type {NodeJS.Module} */ module, /** @type {string} */ file) => {
  if (file.startsWith(dist)) bytes += fs.statSync(file).size;
  compileJs(module, file);
};

const started = performance.now();
require(path.join(dist, 'extension.js'));
const ms = performance.now() - started;
process.stdout.write(JSON.stringify({ ms, bytes }));
process.exit(0);
