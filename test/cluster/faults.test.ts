import { resourceOnLine } from '../../src/kubeblocks/kindsOfLine';
import { KIND_OF } from '../../src/kubernetes/clusterSession';
import { resourcePath } from '../../src/kubernetes/resourcePath';
import { faultCases, watches } from '../support/faultCases';
import { createBackup } from '../support/proxiedSession';
import type { ClusterLane } from './lane/clusterLane';
import { startCluster } from './lane/startCluster';
import { untilObject } from './lane/untilObject';

const NAMESPACE = 'faults';

/** Without KubeBlocks' controllers: nothing but the tests writes, so that store and server can be held against each other. */
describe('a connection through a bad network to a real API server', function () {
  this.timeout(300_000);
  let lane: ClusterLane;

  before(async () => {
    lane = await startCluster({ content: 'crds' });
    await fill();
  });
  after(() => lane.stop());

  const { proxied, nextName, change, says } = faultCases(() => ({
    server: { address: lane.server, certificateAuthority: lane.authority, token: lane.tokens.administrator, namespace: NAMESPACE },
    rewrite: async (name, round) => {
      await lane.api.patch(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${NAMESPACE}/backups/${name}`, { metadata: { annotations: { round } } });
    },
    rewrittenFor: 20,
  }));

  const fill = async (): Promise<void> => {
    await lane.namespace({ name: NAMESPACE, engine: false });
    await lane.create({ apiVersion: 'dataprotection.kubeblocks.io/v1alpha1', kind: 'Backup', metadata: { name: 'old', namespace: NAMESPACE }, spec: { backupPolicyName: 'no-such-policy', backupMethod: 'none' } });
  };

  /** A server that says it is ready still answers 429 to a watch of a kind whose cache it is filling. */
  const allWatchable = async (): Promise<void> => {
    const kinds = Object.values(KIND_OF).map((kind) => resourcePath(resourceOnLine(kind, '1.0')));
    await Promise.all(kinds.map((path) => untilObject(lane.api, `${path}/nothing`, 'watched', (object) => object === undefined)));
  };

  it('heals after the API server crashed and was started again', async () => {
    await change();
    await lane.restartApiServer(() => says(/No connection to proxied/));
    await allWatchable();
    await change();
    await proxied().healsWithinFiveSeconds();
  });

  it('heals after the history was compacted while it was away', async () => {
    proxied().proxy.fault = (request) => (watches(request) ? { status: 503 } : undefined);
    proxied().proxy.cutAll();
    await says(/cannot be read.*503/);
    await createBackup(proxied().api, NAMESPACE, nextName());
    await lane.compactEtcd();
    await allWatchable();
    proxied().proxy.fault = () => undefined;
    await proxied().healsWithinFiveSeconds();
  });

  it('shows the data of a server whose own was wiped, though its versions begin anew', async () => {
    await change();
    await lane.wipeEtcd();
    await fill();
    await allWatchable();
    await change();
    await proxied().healsWithinFiveSeconds();
  });
});
