import { FakeApiServer } from '../support/fakeApiServer';
import { backup } from './manyBackups';

/** A process of its own: serves many backups as large as real ones, and sends its kubeconfig when it is ready. */
async function main(): Promise<void> {
  const count = Number(process.argv[2]);
  const server = await FakeApiServer.start();
  const backups = server.of('backup');
  for (let index = 0; index < count; index += 1) {
    const { metadata, ...rest } = backup(index);
    const { name, ...others } = metadata as { readonly name: string };
    backups.put(name, { ...rest, metadata: others });
  }
  process.send?.(server.kubeconfig);
}

void main();
