import { setMaxListeners } from 'node:events';
import type { LaneApi } from '../lane/laneApi';
import { backupSidecar, startLogSidecars } from './backupSidecar';
import { startCsi } from './csi';
import { followDecisions } from './decisions';
import { JobRules, type JobMatch } from './jobRules';
import { startKbagent } from './kbagent';
import { startKubelet } from './kubelet';
import { schedulePod } from './schedulePod';

/** Everything that plays a part no program of the lane plays. */
export interface StandIns {
  readonly jobs: JobRules;
  failSnapshot(match: JobMatch, message: string): () => void;
  forgetDecisions(): void;
  stop(): void;
}

export function startStandIns({ api, onProblem }: { readonly api: LaneApi; readonly onProblem: (problem: Error) => void }, podLogs: string): StandIns {
  const ending = new AbortController();
  // One for each watch, and for each object that is to be looked at again.
  setMaxListeners(0, ending.signal);
  const context = { api, onProblem, signal: ending.signal };
  const jobs = new JobRules();
  let snapshots: { readonly match: JobMatch; readonly message: string }[] = [];
  startKubelet(context, { rules: jobs, logs: podLogs, works: [backupSidecar(api), schedulePod(api)] });
  startCsi(context, (namespace, name) => snapshots.findLast(({ match }) => (match.namespace ?? namespace) === namespace && match.name.test(name))?.message);
  startKbagent(context);
  startLogSidecars(context);
  const failSnapshot: StandIns['failSnapshot'] = (match, message) => {
    const decision = { match, message };
    snapshots.push(decision);
    return () => (snapshots = snapshots.filter((each) => each !== decision));
  };
  followDecisions(context, { decideJob: (match, outcome) => jobs.decide(match, outcome), failSnapshot });
  return {
    jobs,
    failSnapshot,
    forgetDecisions: () => {
      jobs.clear();
      snapshots = [];
    },
    stop: () => ending.abort(),
  };
}
