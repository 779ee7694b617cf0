import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../kubeblocks/kinds';
import { createAdmission } from './admission/createAdmission';
import { crdObject } from './admission/crdObject';
import { loadCrds } from './admission/loadCrds';
import { loadKubernetes } from './admission/loadKubernetes';
import { createApiServer } from './api/apiServer';
import { createSchemas } from './api/schemas';
import { createClusterManager } from './controllers/createClusterManager';
import { createDataProtection } from './controllers/createDataProtection';
import { usersOf } from './api/users';
import { kubeconfigText, PLAYGROUND_NAMESPACE } from './kubeconfig';
import { legacyStore } from './legacy/legacyStore';
import { createFieldOwnership } from './ownership/fieldOwnership';
import { actingIn } from './runtime/actingIn';
import { createClock, formatTimestamp, type RunningClock } from './runtime/clock';
import { createWorld } from './runtime/createWorld';
import { createFaults, type SwitchableFaults } from './runtime/faults';
import { createManager, type ManagerOptions } from './runtime/manager';
import { createRandom } from './runtime/random';
import { createAll } from './samples/createAll';
import { readManifests } from './samples/readManifests';
import { HISTORY_HOURS, scheduleHistory } from './samples/sampleHistory';
import { createTrustingAdmission } from './samples/trustingAdmission';
import { createObjectStore } from './store/objectStore';
import type { ObjectStore, World } from './world';
import { createPodLogs } from './workloads/podLogs';
import { createWorkloads } from './workloads/createWorkloads';

export interface PlaygroundOptions {
  /** The KubeBlocks line it speaks. */
  readonly line: KubeBlocksLine;
  /** Holds `<line>.json` for each line. */
  readonly schemasFolder: string;
  /** Holds `engines/` and `samples/`. */
  readonly dataFolder: string;
  /** Playground seconds per real second, 1 by default; 0 stands still until it is advanced. */
  readonly speed?: number;
  /** The same seed and `now` give the same names, uids, sizes and times. */
  readonly seed?: number;
  /** Leave the sample clusters out; engines, storage providers and namespaces are there all the same. */
  readonly empty?: boolean;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Let people with fewer rights in as well: `viewer`, `developer` and `nobody`, each with a context of the kubeconfig. */
  readonly users?: boolean;
  /** Made up at random when absent. */
  readonly token?: string;
  /** When the playground's clock begins, in ms since the epoch; the machine's time by default. */
  readonly now?: number;
  /** Told of errors inside controllers and requests, which are tried again or answered with 500. */
  readonly onError?: (error: unknown, where: string) => void;
}

export interface Playground {
  readonly address: string;
  readonly token: string;
  /** PEM of what signed the server's certificate. */
  readonly certificateAuthority?: string;
  /** With one context, which is current. */
  readonly kubeconfig: string;
  readonly clock: RunningClock;
  readonly faults: SwitchableFaults;
  readonly store: ObjectStore;
  /** Stops clock and controllers, ends open requests and frees the port. */
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
/** Enough for everything that has no history to be up before the clock is handed over. */
const SETTLE_MS = 60_000;

/** A simulated KubeBlocks cluster behind a Kubernetes API on loopback. Its state lives as long as it does. */
export async function createPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { line, speed = 1, seed = 1, empty = false, now = Date.now(), onError = () => undefined } = options;
  const token = options.token ?? randomBytes(24).toString('hex');
  const users = (options.users === true ? usersOf(PLAYGROUND_NAMESPACE) : []).map((user) => ({
    user,
    name: user.name.replace('playground-', ''),
    token: randomBytes(24).toString('hex'),
  }));
  const clock = createClock({ start: now - (empty ? SETTLE_MS : HISTORY_HOURS * HOUR_MS), speed: 0 });
  const random = createRandom(seed);
  const crds = loadCrds(line, options.schemasFolder);
  const admission = createTrustingAdmission(createAdmission(crds));
  const schemas = createSchemas(crds, loadKubernetes(options.schemasFolder));
  const ownership = createFieldOwnership((object) => schemas.of(object));
  const store = createObjectStore({ clock, random, admission, ownership });
  const faults = createFaults();
  const worldOf = (manager: string): World => createWorld({ store: line === '0.9' ? legacyStore(store.writingAs(manager)) : store.writingAs(manager), clock, random, faults, line });
  const world = worldOf('kube-controller-manager');
  const logs = createPodLogs();
  logs.follow(world);

  const since = formatTimestamp(clock.now());
  createAll(store, crds.map((crd) => crdObject(crd, since)));
  createAll(store, readManifests(join(options.dataFolder, 'samples', 'environment')));
  createAll(store, readManifests(join(options.dataFolder, 'engines')));
  const controllers = [
    ...createWorkloads(logs),
    ...actingIn(worldOf('dataprotection'), createDataProtection(logs)),
    ...actingIn(worldOf('manager'), createClusterManager()),
  ];
  const onControllerError: ManagerOptions['onError'] = (error, controller, { namespace, name }) => {
    onError(error, `${controller} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
  };
  const manager = createManager({ world, controllers, onError: onControllerError });
  manager.start();
  if (!empty) scheduleHistory(readManifests(join(options.dataFolder, 'samples', 'clusters')), now, world, faults);
  clock.advanceTo(now);
  admission.trustNoLonger();
  clock.setSpeed(speed);

  const server = await createApiServer({
    store,
    clock,
    logs,
    faults,
    crds,
    schemas,
    ownership,
    token,
    users: new Map(users.map(({ user, token: own }) => [own, user])),
    port: options.port ?? 0,
    onError: (error) => {
      onError(error, 'api');
    },
  });
  const { address, certificateAuthority } = server;
  return {
    address,
    token,
    kubeconfig: kubeconfigText({ address, token, users: users.map(({ name, token: own }) => ({ name, token: own })), ...(certificateAuthority !== undefined && { certificateAuthority }) }),
    ...(certificateAuthority !== undefined && { certificateAuthority }),
    clock,
    faults,
    store,
    async close() {
      manager.stop();
      clock.dispose();
      await server.close();
    },
  };
}
