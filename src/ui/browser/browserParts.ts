type Require = (name: string) => unknown;

interface Module {
  exports: unknown;
}

/**
 * Reads the files of the language half, which the desktop has as well, and gives what the first of them exports. VS Code in
 * the browser loads one file of an extension; it runs that as a function of `module`, `exports` and `require`, as is done here.
 */
export async function loadParts(names: readonly string[], read: (name: string) => Promise<string>, vscode: unknown): Promise<unknown> {
  const texts = new Map<string, string>(await Promise.all(names.map(async (name) => [`./${name}`, await read(name)] as const)));
  const loaded = new Map<string, Module>();
  const require: Require = (name) => {
    if (name === 'vscode') return vscode;
    const before = loaded.get(name);
    if (before !== undefined) return before.exports;
    const text = texts.get(name);
    if (text === undefined) throw new Error(`${name} is no part of the extension for the browser.`);
    const module: Module = { exports: {} };
    loaded.set(name, module);
    const run = Reflect.construct(Function, ['module', 'exports', 'require', text]) as (module: Module, exports: unknown, require: Require) => void;
    run(module, module.exports, require);
    return module.exports;
  };
  return require(`./${names[0] ?? ''}`);
}
