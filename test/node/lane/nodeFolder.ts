import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaneFolder } from '../../cluster/lane/laneFolder';
import { containerdConfig, coreFile, kubeletConfig, networkConfig, objectStoreConfig, type ObjectStoreKeys, type Tree } from './configurations';
import { API_PORT, NODE_ADDRESS } from './addresses';
import { kubeconfigText } from '../../cluster/lane/kubeconfigText';
import { tokenFile, type Tokens } from '../../cluster/lane/users';
import { authorityOf } from '../../cluster/lane/laneFolder';

/** Where one node lane keeps what its programs read and write. */
export interface NodeFolder extends LaneFolder {
  readonly kubelet: string;
  readonly kubeletConfig: string;
  readonly kubeletCertificates: string;
  readonly containerd: string;
  readonly containerdConfig: string;
  readonly storage: string;
  readonly objects: string;
  readonly objectStoreConfig: string;
  readonly coreFile: string;
  /** Leads to the API server, as a socket of the file system. */
  readonly apiSocket: string;
}

/** Makes a folder below `runs`, closed to others, with what the programs of a lane are told. */
export function makeNodeFolder(runs: string, { kubernetes, images }: { readonly kubernetes: string; readonly images: string }): NodeFolder {
  mkdirSync(runs, { recursive: true });
  const path = mkdtempSync(join(runs, 'r'));
  // Until its guard has locked it, this says that it is no left-over.
  writeFileSync(join(path, 'maker'), String(process.pid));
  const below = (name: string): string => join(path, name);
  for (const name of ['certificates', 'storage', 'objects', 'cni']) mkdirSync(below(name));
  execFileSync(kubernetes, ['certificates', below('certificates')]);
  // The images' files are only ever read: the copy shares them. containerd's own data, which it writes, it does not.
  execFileSync('cp', ['--archive', '--link', images, below('containerd')]);
  execFileSync('find', [below('containerd'), '-name', '*.db', '-exec', 'sh', '-c', 'cp "$1" "$1.own" && mv "$1.own" "$1"', 'sh', '{}', ';']);
  return {
    path,
    certificates: below('certificates'),
    tokens: below('tokens.csv'),
    kubeconfig: below('administrator.kubeconfig'),
    etcdData: below('etcd'),
    podLogs: below('pod-logs'),
    kwokConfig: [],
    kubelet: below('kubelet'),
    kubeletConfig: below('kubelet.json'),
    kubeletCertificates: below('kubelet-certificates'),
    containerd: below('containerd'),
    containerdConfig: below('containerd.toml'),
    storage: below('storage'),
    objects: below('objects'),
    objectStoreConfig: below('object-store.json'),
    coreFile: below('Corefile'),
    apiSocket: below('api.sock'),
  };
}

/** Writes every program's configuration and the users' tokens. */
export function writeConfigurations(folder: NodeFolder, tree: Tree, group: string, tokens: Tokens, keys: ObjectStoreKeys): void {
  const write = (file: string, text: string): void => writeFileSync(file, text, { mode: 0o600 });
  const network = join(folder.path, 'cni');
  write(folder.tokens, tokenFile(tokens));
  write(folder.kubeconfig, kubeconfigText({ server: `https://127.0.0.1:${API_PORT}`, authority: authorityOf(folder), tokens, current: 'administrator' }));
  write(join(network, '10-lane.conflist'), networkConfig(folder.path));
  write(folder.containerdConfig, containerdConfig({ root: folder.containerd, state: '/run/containerd', network, tree }));
  // Pods get the node's and the name server of the kubelet's configuration.
  write(join(folder.path, 'resolv.conf'), '');
  write(join(folder.path, 'node-resolv.conf'), `nameserver ${NODE_ADDRESS}\n`);
  write(folder.kubeletConfig, kubeletConfig(folder, group));
  write(folder.coreFile, coreFile(folder.kubeconfig));
  write(folder.objectStoreConfig, objectStoreConfig(keys));
}
