import { homedir } from 'node:os';
import * as path from 'node:path';

export interface KubeconfigFiles {
  readonly files: readonly string[];
  /** Named by the person: its absence is an error. Files of `KUBECONFIG` and the default may be missing, as for kubectl. */
  readonly required: boolean;
}

/**
 * The files kubectl would read, in order (`k8s.io/client-go/tools/clientcmd` `NewDefaultClientConfigLoadingRules`): one
 * that was chosen, else those of `KUBECONFIG`, else `~/.kube/config`.
 */
export function kubeconfigFiles(
  chosen: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  home: string = homedir(),
): KubeconfigFiles {
  if (chosen !== undefined && chosen.trim() !== '') {
    return { files: [withHome(chosen.trim(), home)], required: true };
  }
  const listed = (env.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? [...new Set(listed)] : [path.join(home, '.kube', 'config')];
  return { files, required: false };
}

/** `~` is the shell's, but people write it into settings. */
function withHome(file: string, home: string): string {
  return file === '~' || file.startsWith('~/') || file.startsWith('~\\') ? path.join(home, file.slice(1)) : file;
}
