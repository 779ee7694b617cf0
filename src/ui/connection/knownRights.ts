import { reviewRights, type Rights } from '../../kubernetes/rights';
import type { ClusterSession } from '../../kubernetes/session';
import type { Clock, Logger } from '../../operations/ports';
import type { ActiveCluster } from './activeCluster';

/** How long (ms) an answer is taken for true. Meanwhile rights may be given or taken. */
const GOOD_FOR = 5 * 60_000;

interface Known {
  rights: Rights | undefined;
  askedAt: number;
}

/** What the user may do in the namespaces that are shown: one request for each, made when its lines are first drawn. */
export class KnownRights {
  private readonly bySession = new WeakMap<ClusterSession, Map<string, Known>>();

  constructor(
    private readonly active: Pick<ActiveCluster, 'session'>,
    private readonly deps: { readonly clock: Pick<Clock, 'now'>; readonly logger: Logger; readonly onChange: () => void },
  ) {}

  /** Undefined while it is asked for, or where it cannot be found out: then nothing is hidden. */
  in(namespace: string): Rights | undefined {
    const { session } = this.active;
    if (session === undefined) {
      return undefined;
    }
    const known = this.bySession.get(session) ?? new Map<string, Known>();
    this.bySession.set(session, known);
    const entry: Known = known.get(namespace) ?? { rights: undefined, askedAt: -Infinity };
    known.set(namespace, entry);
    const age = this.deps.clock.now() - entry.askedAt;
    if ((age >= GOOD_FOR || age < 0) && session.inventory.connection.state === 'connected') {
      entry.askedAt = this.deps.clock.now();
      void this.ask(session, namespace, entry);
    }
    return entry.rights;
  }

  /** Asks anew: somebody may have been given a right. */
  forget(): void {
    const { session } = this.active;
    if (session !== undefined) {
      this.bySession.delete(session);
    }
  }

  private async ask(session: ClusterSession, namespace: string, entry: Known): Promise<void> {
    try {
      entry.rights = await reviewRights(session.api, namespace);
      this.deps.onChange();
    } catch (error) {
      this.deps.logger.debug(`rights in ${namespace} cannot be found out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
