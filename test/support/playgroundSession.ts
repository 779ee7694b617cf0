import * as path from 'node:path';
import { connect } from '../../src/kubernetes/clusterSession';
import type { ClusterSession } from '../../src/kubernetes/session';
import { systemClock } from '../../src/kubernetes/systemClock';
import type { OperationDeps } from '../../src/operations/ports';
import { createPlayground } from '../../src/playground/playground';
import { readKubeconfigText } from './kubeconfigText';
import { ManualClock } from './manualClock';
import { RecordingLogger } from './recordingLogger';
import { untilKnown } from './untilKnown';

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
  const logger = new RecordingLogger();
  const kubeconfig = readKubeconfigText(playground.kubeconfig);
  const session = connect(kubeconfig, kubeconfig.current ?? '', { logger, clock: systemClock, env: {} });
  await untilKnown(session, 'policies and backups', ({ policies, backups }) => policies.state.state === 'ready' && backups.state.state === 'ready');
  let ids = 0;
  return {
    session,
    deps: { api: session.api, clock: new ManualClock(), logger, newId: () => `id-${(ids += 1)}` },
    close: async () => {
      session.dispose();
      await playground.close();
    },
  };
}
