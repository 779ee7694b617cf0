import { join } from 'node:path';
import type { LaneFolder } from './laneFolder';
import type { Launch } from './programs';

export interface LanePorts {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly api: number;
  readonly kubelet: number;
}

/** The service network: nobody listens there. */
const SERVICE_RANGE = '10.96.0.0/16';

export function etcd(bin: string, folder: LaneFolder, ports: LanePorts): Launch {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: 'etcd',
    program: join(bin, 'kubernetes'),
    args: [
      'etcd',
      `--data-dir=${folder.etcdData}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
  };
}

/** `address`: where it is reached by kubelets and pods; without it there are none, and it is reached on 127.0.0.1 alone. */
export function apiServer(bin: string, folder: LaneFolder, ports: LanePorts, address?: string): Launch {
  const file = (name: string): string => join(folder.certificates, name);
  const alone = [
    '--bind-address=127.0.0.1',
    // No loopback address is accepted here; with the reconciler off nobody is told this one.
    '--advertise-address=10.255.255.1',
    '--endpoint-reconciler-type=none',
    // Fake nodes would keep the taint for ever: no kubelet of theirs takes it away.
    '--disable-admission-plugins=TaintNodesByCondition',
  ];
  const withKubelets = [
    '--bind-address=0.0.0.0',
    `--advertise-address=${address ?? ''}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-client-certificate=${file('administrator.crt')}`,
    `--kubelet-client-key=${file('administrator.key')}`,
    // Nobody is to wait for others here, and what is sent on one machine needs no packing.
    '--enable-priority-and-fairness=false',
    '--feature-gates=APIResponseCompression=false',
  ];
  return {
    name: 'kube-apiserver',
    program: join(bin, 'kubernetes'),
    args: [
      'kube-apiserver',
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      ...(address === undefined ? alone : withKubelets),
      `--secure-port=${ports.api}`,
      `--tls-cert-file=${file('server.crt')}`,
      `--tls-private-key-file=${file('server.key')}`,
      `--client-ca-file=${file('ca.crt')}`,
      `--token-auth-file=${folder.tokens}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${file('service-accounts.pub')}`,
      `--service-account-signing-key-file=${file('service-accounts.key')}`,
      `--service-cluster-ip-range=${SERVICE_RANGE}`,
      '--allow-privileged=true',
      '--profiling=false',
      // The default, five minutes, is longer than a run: a test compacts when it wants to.
      '--etcd-compaction-interval=0',
    ],
  };
}

/** `withKubelets`: nodes are real, and one that says nothing is to be noticed. */
export function controllerManager(bin: string, folder: LaneFolder, withKubelets = false): Launch {
  const off = ['node-ipam-controller', 'node-route-controller', 'cloud-node-lifecycle-controller', 'service-lb-controller', ...(withKubelets ? [] : ['node-lifecycle-controller'])];
  return {
    name: 'kube-controller-manager',
    program: join(bin, 'kubernetes'),
    args: [
      'kube-controller-manager',
      `--kubeconfig=${folder.kubeconfig}`,
      '--secure-port=0',
      '--leader-elect=false',
      `--service-account-private-key-file=${join(folder.certificates, 'service-accounts.key')}`,
      `--root-ca-file=${join(folder.certificates, 'ca.crt')}`,
      `--controllers=${['*', ...off.map((each) => `-${each}`)].join(',')}`,
      '--kube-api-qps=200',
      '--kube-api-burst=400',
    ],
  };
}

export function scheduler(bin: string, folder: LaneFolder): Launch {
  return {
    name: 'kube-scheduler',
    program: join(bin, 'kubernetes'),
    args: [
      'kube-scheduler',
      `--kubeconfig=${folder.kubeconfig}`,
      '--secure-port=0',
      '--leader-elect=false',
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      // With it a pod is looked at again in the moment in which its claim is bound, before the part that judges volumes has
      // heard of that, and then not for five minutes. Without it a second goes by first.
      '--feature-gates=SchedulerPopFromBackoffQ=false',
    ],
  };
}

export function kwok(bin: string, folder: LaneFolder, ports: LanePorts): Launch {
  return {
    name: 'kwok',
    program: join(bin, 'kwok'),
    args: [
      `--kubeconfig=${folder.kubeconfig}`,
      '--manage-all-nodes=true',
      `--server-address=127.0.0.1:${ports.kubelet}`,
      '--node-ip=127.0.0.1',
      `--node-port=${ports.kubelet}`,
      `--tls-cert-file=${join(folder.certificates, 'server.crt')}`,
      `--tls-private-key-file=${join(folder.certificates, 'server.key')}`,
      '--enable-crds=Logs',
      ...folder.kwokConfig.map((file) => `--config=${file}`),
    ],
  };
}

/** What the Helm chart sets, as far as the programs run differently by it. Images are only written into pods. */
const KUBEBLOCKS_ENV = {
  CM_NAMESPACE: 'kb-system',
  ENABLE_WEBHOOKS: 'false',
  DP_ENCRYPTION_KEY: 'cluster-lane',
  GC_FREQUENCY_SECONDS: '5',
  KUBEBLOCKS_SERVICEACCOUNT_NAME: 'kubeblocks',
  WORKER_SERVICE_ACCOUNT_NAME: 'kubeblocks-dataprotection-worker',
  WORKER_SERVICE_ACCOUNT_ANNOTATIONS: '{}',
  WORKER_CLUSTER_ROLE_NAME: 'kubeblocks-dataprotection-worker-role',
  EXEC_WORKER_SERVICE_ACCOUNT_NAME: 'kubeblocks-dataprotection-exec-worker',
  KUBEBLOCKS_TOOLS_IMAGE: 'cluster-lane.invalid/kubeblocks-tools:1.0.2',
  DATASAFED_IMAGE: 'cluster-lane.invalid/datasafed:0.2.3',
  KUBEBLOCKS_IMAGE_PULL_POLICY: 'IfNotPresent',
  CLIENT_QPS: '200',
  CLIENT_BURST: '400',
} as const;

/** `dataprotection` or `manager` of KubeBlocks. `env`: what is to be otherwise than in a cluster without kubelets. */
export function kubeBlocks(name: 'dataprotection' | 'manager', bin: string, folder: LaneFolder, env: Readonly<Record<string, string>> = {}): Launch {
  return {
    name,
    program: join(bin, name),
    args: ['--metrics-bind-address=0', '--health-probe-bind-address=0'],
    env: { ...KUBEBLOCKS_ENV, ...env, KUBECONFIG: folder.kubeconfig },
  };
}
