import assert from 'node:assert/strict';
import { parsePlaygroundArguments, type PlaygroundArguments } from '../../../src/cli/playgroundArguments';
import { UsageError } from '../../../src/cli/usageError';

const DEFAULTS: PlaygroundArguments = { help: false, port: 0, kubeconfig: undefined, line: '1.0', speed: 1, seed: 1, empty: false, users: false };

describe('arguments of the playground command', () => {
  const good: readonly { readonly args: readonly string[]; readonly means: Partial<PlaygroundArguments> }[] = [
    { args: [], means: {} },
    { args: ['--port', '8443'], means: { port: 8443 } },
    { args: ['--kubeconfig=here.yaml', '--empty'], means: { kubeconfig: 'here.yaml', empty: true } },
    { args: ['--kubeblocks', '1.0', '--speed', '0'], means: { speed: 0 } },
    { args: ['--speed', '2.5', '--seed', '42'], means: { speed: 2.5, seed: 42 } },
    { args: ['-h'], means: { help: true } },
  ];
  for (const { args, means } of good) {
    it(`reads "${args.join(' ')}"`, () => assert.deepEqual(parsePlaygroundArguments(args), { ...DEFAULTS, ...means }));
  }

  const bad: readonly { readonly args: readonly string[]; readonly message: RegExp }[] = [
    { args: ['--port', 'x'], message: /^--port: "x" is not a number of 0 or more\.$/ },
    { args: ['--port', '70000'], message: /^--port: 70000 is no port\. Give 0 to 65535\.$/ },
    { args: ['--port', '1.5'], message: /^--port: 1\.5 is no port/ },
    { args: ['--speed=-1'], message: /^--speed: "-1" is not a number of 0 or more\.$/ },
    { args: ['--speed', ''], message: /^--speed: "" is not a number/ },
    { args: ['--speed', '1e6'], message: /^--speed: 1e6 is too fast\. Give 0 to 86400\.$/ },
    { args: ['--seed', '0.5'], message: /^--seed: 0\.5 is not a whole number\.$/ },
    { args: ['--kubeconfig', ''], message: /^--kubeconfig: a file name is needed\.$/ },
    { args: ['--kubeblocks', '0.4'], message: /^--kubeblocks: "0\.4" is not imitated\. Known: 0\.9, 1\.0, 1\.2\.$/ },
    { args: ['--nosuch'], message: /'--nosuch'/ },
    { args: ['extra'], message: /extra/ },
  ];
  for (const { args, message } of bad) {
    it(`refuses "${args.join(' ')}"`, () => {
      assert.throws(
        () => parsePlaygroundArguments(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
