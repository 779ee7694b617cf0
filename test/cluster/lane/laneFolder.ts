import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOLDER_PREFIX, holdFolder, removeAbandonedFolders } from './abandonedFolders';
import { kubeconfigText } from './kubeconfigText';
import { tokenFile, type Tokens } from './users';

/** Where one cluster keeps what its programs read and write. */
export interface LaneFolder {
  readonly path: string;
  readonly certificates: string;
  readonly tokens: string;
  /** For the programs: the administrator's. */
  readonly kubeconfig: string;
  readonly etcdData: string;
  readonly podLogs: string;
  readonly kwokConfig: readonly string[];
}

/** Makes the folder of one cluster. Everything secret in it is of this run alone and only this user may read it. */
export function makeLaneFolder(programs: { readonly bin: string; readonly stages: string }): LaneFolder {
  removeAbandonedFolders();
  // mkdtemp gives a folder that is closed to others.
  const path = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  holdFolder(path);
  const below = (name: string): string => join(path, name);
  for (const name of ['certificates', 'pod-logs']) mkdirSync(below(name));
  execFileSync(join(programs.bin, 'kubernetes'), ['certificates', below('certificates')]);
  return {
    path,
    certificates: below('certificates'),
    tokens: below('tokens.csv'),
    kubeconfig: below('administrator.kubeconfig'),
    etcdData: below('etcd'),
    podLogs: below('pod-logs'),
    kwokConfig: kwokConfig(path, programs.stages),
  };
}

/** Writes what needs the server's port and the users' tokens. */
export function writeAccess(folder: LaneFolder, port: number, tokens: Tokens): void {
  const text = kubeconfigText({ server: `https://127.0.0.1:${port}`, authority: authorityOf(folder), tokens, current: 'administrator' });
  writeFileSync(folder.kubeconfig, text, { mode: 0o600 });
  writeFileSync(folder.tokens, tokenFile(tokens), { mode: 0o600 });
}

export function authorityOf({ certificates }: LaneFolder): string {
  return readFileSync(join(certificates, 'ca.crt'), 'utf8');
}

/** kwok's own stages, ours, and a log for every container nobody wrote one for. */
function kwokConfig(folder: string, stages: string): string[] {
  const emptyLog = join(folder, 'pod-logs', 'none.log');
  writeFileSync(emptyLog, '');
  const logs = join(folder, 'kwok-logs.json');
  const anyLog = { apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'ClusterLogs', metadata: { name: 'any' }, spec: { logs: [{ logsFile: emptyLog, follow: false }] } };
  writeFileSync(logs, JSON.stringify(anyLog));
  const ours = join(folder, 'kwok-stages.yaml');
  copyFileSync(join(__dirname, '..', 'manifests', 'stages.yaml'), ours);
  return [...readdirSync(stages).map((name) => join(stages, name)), ours, logs];
}
