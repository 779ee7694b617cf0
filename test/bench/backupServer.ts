import type { KindId } from '../../src/kubeblocks/kinds';
import { FakeApiServer } from '../support/fakeApiServer';
import { actionSets, backup, cluster, CLUSTERS, logBackup, policy, schedule } from './manyBackups';

/** A process of its own: serves many backups as large as real ones, and sends its kubeconfig when it is ready. */
async function main(): Promise<void> {
  const count = Number(process.argv[2]);
  const server = await FakeApiServer.start();
  server.keepsLists = true;
  const put = (kind: KindId, object: Readonly<Record<string, unknown>>): void => {
    const { metadata, ...rest } = object;
    const { name, namespace, ...others } = metadata as { readonly name: string; readonly namespace?: string };
    server.of(kind).put(name, { ...rest, metadata: others }, namespace);
  };
  for (let index = 0; index < CLUSTERS; index += 1) {
    put('cluster', cluster(index));
    put('backupPolicy', policy(index));
    put('backupSchedule', schedule(index));
  }
  actionSets().forEach((actionSet) => put('actionSet', actionSet));
  for (let index = 0; index < count; index += 1) {
    put('backup', index < CLUSTERS ? logBackup(index, count) : backup(index));
  }
  process.send?.(server.kubeconfig);
}

void main();
