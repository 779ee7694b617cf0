import { startNode } from '../lane/startNode';

/** Starts a node, says what it made, and waits to be ended. */
async function startAndWait(): Promise<void> {
  const { traces } = await startNode({ content: 'pods' });
  process.stdout.write(`${JSON.stringify(traces)}\n`);
  await new Promise(() => setInterval(() => undefined, 60_000));
}

void startAndWait();
