import { randomUUID } from 'node:crypto';
import type { ClusterSession } from '../../kubernetes/session';
import { systemClock } from '../../kubernetes/systemClock';
import type { Logger, OperationDeps } from '../../operations/ports';
import { Submissions } from '../../operations/submissions';
import type { ActiveCluster } from './activeCluster';
import type { ContextRules } from './contextRules';

/** One session with what the use cases need of it. */
export interface Operations extends OperationDeps {
  readonly session: ClusterSession;
  /** Everything submitted through this session. */
  readonly submissions: Submissions;
}

/** Gives the operations of the session that is open now; the same as long as it is the same session. */
export function createOperations(active: ActiveCluster, rules: ContextRules, logger: Logger): () => Operations | undefined {
  const known = new WeakMap<ClusterSession, Operations>();
  return () => {
    const { session } = active;
    if (session === undefined) {
      return undefined;
    }
    const operations = known.get(session) ?? operationsOf(session, rules, logger);
    known.set(session, operations);
    return operations;
  };
}

function operationsOf(session: ClusterSession, rules: ContextRules, logger: Logger): Operations {
  const deps: OperationDeps = { api: rules.guard(session.context, session.api), clock: systemClock, logger, newId: randomUUID };
  return { ...deps, session, submissions: new Submissions(deps) };
}
