import { join } from 'node:path';
import type { Launch } from '../../cluster/lane/programs';
import { API_PORT, NODE_ADDRESS, NODE_NAME, OBJECT_STORE_PORT, POD_RANGE } from './addresses';
import type { Tree } from './configurations';
import type { NodeFolder } from './nodeFolder';

/** Where the lane's programs lie. */
export interface NodeBuilt {
  /** Those of the cluster lane. */
  readonly clusterBin: string;
  readonly bin: string;
  readonly tree: Tree;
}

/** containerd finds its shim and runc by the path, and all of them libraries of their own packages. */
export function containerd({ tree }: NodeBuilt, folder: NodeFolder): Launch {
  const bin = [join(tree.path, 'usr', 'bin'), join(tree.path, 'usr', 'sbin')];
  return {
    name: 'containerd',
    program: join(tree.path, 'usr', 'bin', 'containerd'),
    args: [`--config=${folder.containerdConfig}`, '--log-level=warn'],
    env: { PATH: [...bin, process.env['PATH'] ?? ''].join(':'), LD_LIBRARY_PATH: join(tree.path, 'usr', 'lib', 'x86_64-linux-gnu') },
  };
}

export function kubelet({ clusterBin }: NodeBuilt, folder: NodeFolder): Launch {
  return {
    name: 'kubelet',
    program: join(clusterBin, 'kubernetes'),
    args: [
      'kubelet',
      `--config=${folder.kubeletConfig}`,
      `--kubeconfig=${folder.kubeconfig}`,
      `--root-dir=${folder.kubelet}`,
      `--cert-dir=${folder.kubeletCertificates}`,
      `--hostname-override=${NODE_NAME}`,
      `--node-ip=${NODE_ADDRESS}`,
    ],
  };
}

export function kubeProxy({ clusterBin, tree }: NodeBuilt, folder: NodeFolder): Launch {
  return {
    name: 'kube-proxy',
    program: join(clusterBin, 'kubernetes'),
    args: [
      'kube-proxy',
      `--kubeconfig=${folder.kubeconfig}`,
      '--proxy-mode=nftables',
      `--cluster-cidr=${POD_RANGE}`,
      `--hostname-override=${NODE_NAME}`,
      // Zero: as it is. These are the machine's.
      '--conntrack-max-per-core=0',
      '--conntrack-min=0',
      '--conntrack-tcp-timeout-established=0',
      '--conntrack-tcp-timeout-close-wait=0',
    ],
    env: { PATH: `${join(tree.path, 'usr', 'sbin')}:${process.env['PATH'] ?? ''}`, LD_LIBRARY_PATH: join(tree.path, 'usr', 'lib', 'x86_64-linux-gnu') },
  };
}

export function coreDns({ bin }: NodeBuilt, folder: NodeFolder): Launch {
  return { name: 'coredns', program: join(bin, 'coredns'), args: ['-conf', folder.coreFile] };
}

export function relay(folder: NodeFolder): Launch {
  return { name: 'relay', program: process.execPath, args: [join(__dirname, 'relay.mjs'), folder.apiSocket, '127.0.0.1', String(API_PORT)] };
}

const CSI_NAME = 'csi.node-lane.local';

export function csiDriver({ bin }: NodeBuilt, folder: NodeFolder): Launch {
  return { name: 'csi', program: join(bin, 'csi'), args: [folder.storage, folder.kubelet, NODE_NAME] };
}

export function csiSidecars({ bin }: NodeBuilt, folder: NodeFolder): readonly Launch[] {
  const csi = `--csi-address=${join(folder.kubelet, 'plugins', CSI_NAME, 'csi.sock')}`;
  const kubeconfig = `--kubeconfig=${folder.kubeconfig}`;
  return [
    { name: 'csi-provisioner', program: join(bin, 'csi-provisioner'), args: [kubeconfig, csi, '--leader-election=false'], env: { NODE_NAME } },
    { name: 'csi-snapshotter', program: join(bin, 'csi-snapshotter'), args: [kubeconfig, csi, '--leader-election=false'] },
    { name: 'snapshot-controller', program: join(bin, 'snapshot-controller'), args: [kubeconfig, '--leader-election=false'] },
  ];
}

export function objectStore({ bin }: NodeBuilt, folder: NodeFolder): Launch {
  return {
    name: 'object-store',
    program: join(bin, 'weed'),
    args: [
      'server',
      `-dir=${folder.objects}`,
      `-ip=${NODE_ADDRESS}`,
      '-ip.bind=0.0.0.0',
      '-master.volumeSizeLimitMB=64',
      '-volume.max=200',
      '-filer',
      '-s3',
      `-s3.port=${OBJECT_STORE_PORT}`,
      `-s3.config=${folder.objectStoreConfig}`,
      // As other stores have it: nothing is written into a bucket that nobody made.
      '-s3.autoCreateBucket=false',
    ],
  };
}
