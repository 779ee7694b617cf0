import { reviewRights, type Rights } from '../../kubernetes/rights';
import { suspendedJobsIn } from '../../operations/suspendedJobs';
import type { ActiveCluster } from './activeCluster';
import { KnownByNamespace, type AskingDeps } from './knownByNamespace';

const MINUTE = 60_000;

/** What the user may do in the namespaces that are shown; nothing is hidden as long as that is not known. Rights may be given or taken meanwhile. */
export function knownRights(active: Pick<ActiveCluster, 'session'>, deps: AskingDeps): KnownByNamespace<Rights> {
  return new KnownByNamespace(active, { what: 'rights', goodFor: 5 * MINUTE, ask: ({ api }, namespace) => reviewRights(api, namespace) }, deps);
}

/** Names of the suspended CronJobs of the schedules that are shown; none where they may not be listed. */
export function knownSuspended(active: Pick<ActiveCluster, 'session'>, deps: AskingDeps): KnownByNamespace<ReadonlySet<string>> {
  return new KnownByNamespace(active, { what: 'suspended CronJobs', goodFor: MINUTE, ask: ({ api }, namespace) => suspendedJobsIn({ api, logger: deps.logger }, namespace) }, deps);
}
