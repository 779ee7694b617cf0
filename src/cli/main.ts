import { quickStart } from './lint/quickStart';
import { runCli } from './runCli';

const args = process.argv.slice(2);
if (args[0] === 'lint') quickStart();

runCli(args, process).then(
  (exitCode) => {
    process.exitCode = exitCode;
    // An open channel to the process that forked this one would keep it alive.
    if (process.connected) process.disconnect();
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
