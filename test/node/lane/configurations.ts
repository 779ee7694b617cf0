import { join } from 'node:path';
import { DNS_DOMAIN, NODE_ADDRESS, POD_RANGE } from './addresses';
import type { NodeFolder } from './nodeFolder';

/** The Debian packages' files, unpacked. */
export interface Tree {
  readonly path: string;
}

export const PAUSE_IMAGE = 'node-lane.invalid/pause:1';
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

export interface ObjectStoreKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** containerd's, as TOML. `restrict_oom_score_adj`: a machine without CAP_SYS_RESOURCE could start no pod otherwise. */
export function containerdConfig({ root, state, network, tree }: { readonly root: string; readonly state: string; readonly network: string; readonly tree: Tree }): string {
  return `version = 2
root = ${JSON.stringify(root)}
state = ${JSON.stringify(state)}
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp"]
[grpc]
address = ${JSON.stringify(CONTAINERD_SOCKET)}
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = ${JSON.stringify(PAUSE_IMAGE)}
restrict_oom_score_adj = true
disable_apparmor = true
stats_collect_period = 30
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = ${JSON.stringify(join(tree.path, 'usr', 'lib', 'cni'))}
conf_dir = ${JSON.stringify(network)}
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
`;
}

/** A cable from each pod to the node: with a bridge, answers between its pods would miss kube-proxy's translation. */
export function networkConfig(folder: string): string {
  return JSON.stringify({
    cniVersion: '0.4.0',
    name: 'lane',
    plugins: [
      { type: 'ptp', ipam: { type: 'host-local', dataDir: join(folder, 'addresses'), ranges: [[{ subnet: POD_RANGE }]], routes: [{ dst: '0.0.0.0/0' }] } },
    ],
  });
}

/** A KubeletConfiguration, as JSON. */
export function kubeletConfig(folder: NodeFolder, group: string): string {
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: join(folder.certificates, 'ca.crt') } },
    authorization: { mode: 'Webhook' },
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${group}`,
    clusterDNS: [NODE_ADDRESS],
    clusterDomain: DNS_DOMAIN,
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    enforceNodeAllocatable: [],
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%', 'nodefs.inodesFree': '1%' },
    failCgroupV1: false,
    failSwapOn: false,
    // There is nothing to pull from: what was thrown away could not be had again.
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    makeIPTablesUtilChains: false,
    maxPods: 200,
    nodeStatusReportFrequency: '10s',
    nodeStatusUpdateFrequency: '2s',
    podLogsDir: folder.podLogs,
    resolvConf: join(folder.path, 'resolv.conf'),
    shutdownGracePeriod: '0s',
    syncFrequency: '10s',
    volumePluginDir: join(folder.path, 'volume-plugins'),
    volumeStatsAggPeriod: '30s',
  });
}

/** CoreDNS's: what it does not know is not there. */
export function coreFile(kubeconfig: string): string {
  return `${DNS_DOMAIN}:53 in-addr.arpa:53 {
  bind ${NODE_ADDRESS}
  errors
  kubernetes ${DNS_DOMAIN} in-addr.arpa {
    kubeconfig ${kubeconfig}
    ttl 1
  }
}
.:53 {
  bind ${NODE_ADDRESS}
  errors
  template ANY ANY {
    rcode NXDOMAIN
  }
}
`;
}

/** Who may do what in the object store, as SeaweedFS reads it. */
export function objectStoreConfig({ accessKeyId: accessKey, secretAccessKey: secretKey }: ObjectStoreKeys): string {
  return JSON.stringify({ identities: [{ name: 'lane', credentials: [{ accessKey, secretKey }], actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'] }] });
}
