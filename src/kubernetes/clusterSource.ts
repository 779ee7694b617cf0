import * as l10n from '@vscode/l10n';
import type { SessionDeps } from './clusterSession';
import type { Kubeconfig } from './kubeconfig';
import { kubeconfigFiles } from './kubeconfigFiles';
import type { ClusterSession } from './session';
import { watchFiles } from './watchFiles';

export interface ClusterSource {
  /**
   * `file` undefined reads what kubectl reads. Missing files give no contexts; files that are broken are logged and
   * left out, and it rejects when nothing is left.
   */
  read(file: string | undefined): Promise<Kubeconfig>;
  /** Rejects when the context or its server is not defined; how the connection goes is in the session's inventory. */
  connect(file: string | undefined, context: string): Promise<ClusterSession>;
  /** Calls the listener some time after one of the files changed. Returns how to stop. */
  watch(file: string | undefined, listener: () => void): () => void;
}

/** Clusters named by kubeconfig files. Nothing is read before it is asked for, the code for it included. */
export function createClusterSource(deps: SessionDeps): ClusterSource {
  const env = deps.env ?? process.env;
  const read = async (file: string | undefined): Promise<Kubeconfig> => {
    const { readKubeconfig } = await import('./kubeconfig.js');
    const kubeconfig = await readKubeconfig(kubeconfigFiles(file, env));
    kubeconfig.problems.forEach(({ message }) => deps.logger.warn(message));
    const [problem] = kubeconfig.problems;
    if (problem !== undefined && kubeconfig.contexts.length === 0) {
      throw new Error(problem.message);
    }
    return kubeconfig;
  };
  return {
    read,
    connect: async (file, context) => {
      const { connect } = await import('./clusterSession.js');
      return connect(await read(file), context, deps);
    },
    watch: (file, listener) =>
      watchFiles(kubeconfigFiles(file, env).files, listener, (name) =>
        deps.logger.warn(l10n.t('Changes of {0} cannot be followed.', name)),
      ),
  };
}
