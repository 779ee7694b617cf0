import * as path from 'node:path';
import { connect } from '../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../src/kubernetes/session';
import type { OperationDeps } from '../../src/operations/ports';
import { createPlayground } from '../../src/playground/playground';
import { readKubeconfigText } from './kubeconfigText';
import { ManualClock } from './manualClock';
import { RecordingLogger } from './recordingLogger';

const ROOT = path.resolve(__dirname, '../..');

export interface PlaygroundSession {
  readonly session: ClusterSession;
  readonly deps: OperationDeps;
  close(): Promise<void>;
}

/** A playground whose clock stands still, in this process, and a session whose lists are read. */
export async function openPlaygroundSession(): Promise<PlaygroundSession> {
  const playground = await createPlayground({
    line: '1.0',
    schemasFolder: path.join(ROOT, 'schemas'),
    dataFolder: path.join(ROOT, 'src/playground'),
    speed: 0,
    now: Date.UTC(2026, 0, 1),
  });
  const clock = new ManualClock();
  const logger = new RecordingLogger();
  const kubeconfig = readKubeconfigText(playground.kubeconfig);
  const session = connect(kubeconfig, kubeconfig.current ?? '', { logger, clock, env: {} });
  await clock.until(() => session.inventory.policies.state.state === 'ready' && session.inventory.backups.state.state === 'ready', 'it is read', { within: 600_000 });
  let ids = 0;
  return {
    session,
    deps: { api: session.api, clock, logger, newId: () => `id-${(ids += 1)}` },
    close: async () => {
      session.dispose();
      await playground.close();
    },
  };
}
