import { runCli } from './runCli';

runCli(process.argv.slice(2), process).then(
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
