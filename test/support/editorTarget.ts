import { administer } from './administer';
import { LaneApi } from '../cluster/lane/laneApi';
import { decide } from '../cluster/standins/decisions';

/** How the editor's tests reach a cluster of the cluster lane that another process started. */
export interface EditorLane {
  readonly port: number;
  readonly authority: string;
  readonly token: string;
  readonly namespace: string;
}

/** What the extension is connected to while the editor's tests run. */
export interface EditorTarget {
  readonly isPlayground: boolean;
  readonly context: string;
  /** The default repository. */
  readonly repository: string;
  /** Backup jobs fail with that log. Resolves with how to heal it. */
  failBackups(log: string): Promise<() => Promise<void>>;
}

/** The playground, unless `KUBEBLOCKS_CLUSTER_LANE` (an `EditorLane`) says otherwise. */
export function editorTarget(): EditorTarget {
  const lane = process.env['KUBEBLOCKS_CLUSTER_LANE'];
  return lane === undefined ? PLAYGROUND : clusterLane(JSON.parse(lane) as EditorLane);
}

const PLAYGROUND: EditorTarget = {
  isPlayground: true,
  context: 'kubeblocks-playground',
  repository: 'main-store',
  failBackups: async (detail) => {
    await administer('PUT', 'faults/backup-job-fails', { detail });
    return () => administer('DELETE', 'faults/backup-job-fails');
  },
};

function clusterLane({ port, authority, token, namespace }: EditorLane): EditorTarget {
  return {
    isPlayground: false,
    context: 'administrator',
    repository: 'object-store',
    failBackups: async (text) => {
      const api = new LaneApi({ port, authority }, token);
      const heal = await decide(api, namespace, 'failing-backups', { match: '^dp-backup-', does: 'failJob', text });
      return async () => {
        await heal();
        api.close();
      };
    },
  };
}
