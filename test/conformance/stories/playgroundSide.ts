import { join } from 'node:path';
import { RESOURCES } from '../../../src/playground/resources';
import { createPlayground } from '../../../src/playground/playground';
import { createAll } from '../../../src/playground/samples/createAll';
import type { FaultName } from '../../../src/playground/world';
import { LaneApi } from '../../cluster/lane/laneApi';
import { install, laneManifest } from '../../cluster/lane/install';
import { laneCluster, componentOf } from '../../cluster/lane/laneClusters';
import { ResourcePaths } from '../../cluster/lane/resourcePaths';
import { untilObject } from '../../cluster/lane/untilObject';
import type { StorySide, Work } from './storySide';

const ROOT = join(__dirname, '../../..');

const FAULTS: Readonly<Record<Work['does'], FaultName>> = {
  backup: 'backup-job-fails',
  restore: 'restore-job-fails',
  delete: 'delete-job-fails',
  check: 'repo-precheck-fails',
};

export interface PlaygroundSide extends StorySide {
  readonly kubeconfig: string;
  /** What went wrong inside. */
  readonly problems: readonly Error[];
  close(): Promise<void>;
}

/** Playground seconds a second: its jobs take some seconds of its own. */
const SPEED = 40;

/** The playground, with what the cluster lane has in place of its own samples. */
export async function startPlaygroundSide(): Promise<PlaygroundSide> {
  const problems: Error[] = [];
  const playground = await createPlayground({
    line: '1.0',
    schemasFolder: join(ROOT, 'schemas'),
    dataFolder: join(ROOT, 'src', 'playground'),
    empty: true,
    speed: SPEED,
    seed: 1,
    onError: (error, where) => problems.push(new Error(`${where}: ${String(error)}`, { cause: error })),
  });
  const { store, faults } = playground;
  store.delete(RESOURCES.storageClass, { name: 'playground-ssd' });
  store.delete(RESOURCES.volumeSnapshotClass, { name: 'playground-snapshots' });
  createAll(store, [...laneManifest('cluster').filter(({ kind }) => kind !== 'Node'), ...laneManifest('repositories')]);
  const api = new LaneApi({ port: Number(new URL(playground.address).port), authority: playground.certificateAuthority ?? '' }, playground.token);
  const paths = new ResourcePaths(api);
  const dataProtection = '/apis/dataprotection.kubeblocks.io/v1alpha1';
  const untilPhase = (path: string, phase: string): Promise<unknown> =>
    untilObject(api, path, phase, (object) => (object?.['status'] as { phase?: string } | undefined)?.phase === phase);
  await Promise.all(['object-store', 'volume-store'].map((name) => untilPhase(`${dataProtection}/backuprepos/${name}`, 'Ready')));
  return {
    name: 'playground',
    api,
    problems,
    kubeconfig: playground.kubeconfig,
    quietFor: 500,
    create: (...objects) => install(api, paths, objects),
    async namespace(name, engine) {
      await install(api, paths, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);
      if (engine === false) return;
      await install(api, paths, [laneCluster(engine, name)]);
      await untilPhase(`/apis/apps.kubeblocks.io/v1/namespaces/${name}/clusters/db`, 'Running');
      await untilPhase(`${dataProtection}/namespaces/${name}/backuppolicies/db-${componentOf(engine)}-backup-policy`, 'Available');
    },
    failWork({ does, of }, log) {
      faults.turnOn(FAULTS[does], { target: of, detail: log });
      return () => faults.turnOff(FAULTS[does]);
    },
    async close() {
      api.close();
      await playground.close();
    },
  };
}
