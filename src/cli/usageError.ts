/** A command called the wrong way; the message says how to call it right. */
export class UsageError extends Error {}

/** What reading the arguments gives; what it throws becomes a `UsageError`. */
export function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
