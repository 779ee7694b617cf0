/** A reason why nothing more can be done here, as one sentence for a person. Printed without a stack trace. */
export class SetupError extends Error {}

/**
 * Runs a script's main function: a `SetupError` ends it with its sentence alone, anything else with its stack.
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const text = error instanceof SetupError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
