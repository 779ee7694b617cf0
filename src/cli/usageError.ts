/** A command called the wrong way; the message says how to call it right. */
export class UsageError extends Error {}
