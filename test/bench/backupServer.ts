import type { KindId } from '../../src/kubeblocks/kinds';
import { FakeApiServer } from '../support/fakeApiServer';
import { actionSets, backup, backupsOfOne, cluster, CLUSTERS, logBackup, policy, schedule } from './manyBackups';

/**
 * A process of its own: serves many backups as large as real ones, and sends its kubeconfig when it is ready, or prints it
 * as a line of JSON. Of 40 clusters with a log each; with a second number, of one with so many logs.
 */
async function main(): Promise<void> {
  const [count, logs] = [Number(process.argv[2]), process.argv[3]];
  const server = await FakeApiServer.start();
  server.keepsLists = true;
  const put = (kind: KindId, object: Readonly<Record<string, unknown>>): void => {
    const { metadata, ...rest } = object;
    const { name, namespace, ...others } = metadata as { readonly name: string; readonly namespace?: string };
    server.of(kind).put(name, { ...rest, metadata: others }, namespace);
  };
  for (let index = 0; index < (logs === undefined ? CLUSTERS : 1); index += 1) {
    put('cluster', cluster(index));
    put('backupPolicy', policy(index));
    put('backupSchedule', schedule(index));
  }
  actionSets().forEach((actionSet) => put('actionSet', actionSet));
  if (logs === undefined) {
    for (let index = 0; index < count; index += 1) {
      put('backup', index < CLUSTERS ? logBackup(index, count) : backup(index));
    }
  } else {
    backupsOfOne(count, Number(logs)).forEach((each) => put('backup', each));
  }
  if (process.send === undefined) process.stdout.write(`${JSON.stringify({ kubeconfig: server.kubeconfig })}\n`);
  else process.send(server.kubeconfig);
}

void main();
