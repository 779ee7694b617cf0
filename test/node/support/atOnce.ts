import assert from 'node:assert/strict';

/** Runs all to their end, and fails with all that failed. */
export async function atOnce(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: string[] = [];
  await Promise.all(tasks.map((task) => task().catch((error: unknown) => failed.push(String(error)))));
  assert.deepEqual(failed, []);
}
