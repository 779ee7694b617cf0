import type { ClusterSession } from '../../kubernetes/session';
import type { Clock, Logger } from '../../operations/ports';
import type { ActiveCluster } from './activeCluster';

interface Known<T> {
  value: T | undefined;
  askedAt: number;
}

export interface AskingDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  readonly onChange: () => void;
}

/** What is asked for. */
export interface Question<T> {
  /** For the log: "rights". */
  readonly what: string;
  /** How long (ms) an answer is taken for true. */
  readonly goodFor: number;
  readonly ask: (session: ClusterSession, namespace: string) => Promise<T>;
}

/** What lines say beyond the inventory: one request for each namespace that is shown, made when its lines are first drawn. */
export class KnownByNamespace<T> {
  private readonly bySession = new WeakMap<ClusterSession, Map<string, Known<T>>>();

  constructor(
    private readonly active: Pick<ActiveCluster, 'session'>,
    private readonly question: Question<T>,
    private readonly deps: AskingDeps,
  ) {}

  /** Undefined while it is asked for, or where it cannot be found out. */
  in(namespace: string): T | undefined {
    const { session } = this.active;
    if (session === undefined) {
      return undefined;
    }
    const known = this.bySession.get(session) ?? new Map<string, Known<T>>();
    this.bySession.set(session, known);
    const entry: Known<T> = known.get(namespace) ?? { value: undefined, askedAt: -Infinity };
    known.set(namespace, entry);
    const age = this.deps.clock.now() - entry.askedAt;
    if ((age >= this.question.goodFor || age < 0) && session.inventory.connection.state === 'connected') {
      entry.askedAt = this.deps.clock.now();
      void this.ask(session, namespace, entry);
    }
    return entry.value;
  }

  private async ask(session: ClusterSession, namespace: string, entry: Known<T>): Promise<void> {
    const { what, ask } = this.question;
    try {
      entry.value = await ask(session, namespace);
      this.deps.onChange();
    } catch (error) {
      this.deps.logger.debug(`${what} in ${namespace} cannot be found out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
