import type { SecretKeys } from '../../kubeblocks/policyPlan';
import type { SecretReader } from '../../kubeblocks/secretReader';
import type { FactSource } from '../facts/facts';
import { secretFacts, secretNameFacts, type SecretName } from '../facts/secretFacts';

/** How long (ms) an answer is good: nothing tells of a Secret that changed. What is missing is soon made, rights change seldom. */
const FRESH = { found: 30_000, missing: 10_000, unknown: 10_000, forbidden: 300_000 };
/** Names that are kept; the ones that were wanted last. */
export const MOST_SECRETS = 200;
/** Requests at once. */
const LANES = 4;

export interface NamedSecretsDeps {
  /** The connected cluster; another object for another connection, of which nothing is known then. */
  readonly reader: () => SecretReader | undefined;
  /** ms */
  readonly now: () => number;
  readonly logger: { debug(message: string): void };
  /** The source is another one now. */
  readonly onChange?: () => void;
}

interface Known extends SecretName {
  readonly askedAt: number;
  /** `unknown`: no answer came. */
  readonly answer: SecretKeys | 'missing' | 'forbidden' | 'unknown';
}

/** The Secrets that manifests name, asked for one by one and each once however many name it. Their values are not kept. */
export class NamedSecrets {
  private reader: SecretReader | undefined;
  private stop = new AbortController();
  private known = new Map<string, Known>();
  private asking = new Map<string, Promise<void>>();
  private lanes: Promise<void>[] = [];
  private next = 0;
  private lists = new Map<string, { readonly askedAt: number; readonly list: Promise<FactSource | undefined> }>();
  private made: FactSource | undefined;
  private isNews = false;

  constructor(private readonly deps: NamedSecretsDeps) {}

  /** What is known by now; the same object until something else is. */
  get source(): FactSource | undefined {
    const reader = this.meet();
    if (reader === undefined || this.known.size === 0) return undefined;
    const asked = [...this.known.values()].flatMap(({ namespace, name, answer }) => (answer === 'forbidden' || answer === 'unknown' ? [] : [{ namespace, name, answer }]));
    return (this.made ??= secretFacts(reader.context, asked));
  }

  /** Those that may not be read. */
  get forbidden(): readonly SecretName[] {
    return [...this.known.values()].filter(({ answer }) => answer === 'forbidden');
  }

  /** Asks for those that are not known, or were asked for long ago. Resolves when the answers are there; never rejects. */
  async want(names: readonly SecretName[]): Promise<void> {
    const reader = this.meet();
    if (reader === undefined) return;
    await Promise.all(names.slice(0, MOST_SECRETS).map((secret) => this.ask(secret, reader)));
    if (reader !== this.reader || !this.isNews) return;
    this.isNews = false;
    this.deps.onChange?.();
  }

  /** The names of the Secrets in a namespace, for completion alone. Never rejects. */
  namesIn(namespace: string): Promise<FactSource | undefined> {
    const reader = this.meet();
    if (reader === undefined) return Promise.resolve(undefined);
    const before = this.lists.get(namespace);
    if (before !== undefined && this.deps.now() - before.askedAt < FRESH.found) return before.list;
    const list = reader.names(namespace, this.stop.signal).then(
      (names) => names && secretNameFacts(reader.context, namespace, names),
      (error: unknown) => {
        this.say(`The names of Secrets in ${namespace}`, error);
        return undefined;
      },
    );
    this.lists.set(namespace, { askedAt: this.deps.now(), list });
    return list;
  }

  dispose(): void {
    this.stop.abort();
  }

  /** The connection as it is now; what another one said is forgotten. */
  private meet(): SecretReader | undefined {
    const reader = this.deps.reader();
    if (reader !== this.reader) {
      this.stop.abort();
      this.stop = new AbortController();
      this.reader = reader;
      this.known = new Map();
      this.asking = new Map();
      this.lists = new Map();
      this.lanes = [];
      this.made = undefined;
      this.isNews = false;
    }
    return reader;
  }

  private ask(secret: SecretName, reader: SecretReader): Promise<void> {
    const key = `${secret.namespace}/${secret.name}`;
    const before = this.known.get(key);
    if (before !== undefined && this.deps.now() - before.askedAt < FRESH[typeof before.answer === 'string' ? before.answer : 'found']) return Promise.resolve();
    const begun = this.asking.get(key);
    if (begun !== undefined) return begun;
    const { signal } = this.stop;
    const lane = this.next++ % LANES;
    const asking = (this.lanes[lane] ?? Promise.resolve()).then(async () => {
      const answer = signal.aborted ? 'unknown' : await reader.keys(secret.namespace, secret.name, signal).catch((error: unknown) => this.say(`Secret ${key}`, error));
      if (signal.aborted) return;
      this.asking.delete(key);
      this.keep(key, { ...secret, answer, askedAt: this.deps.now() });
    });
    this.asking.set(key, asking);
    this.lanes[lane] = asking;
    return asking;
  }

  private keep(key: string, now: Known): void {
    const before = this.known.get(key);
    if (JSON.stringify(before?.answer) !== JSON.stringify(now.answer)) {
      this.made = undefined;
      this.isNews = true;
    }
    this.known.delete(key);
    this.known.set(key, now);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_SECRETS && oldest !== undefined) this.known.delete(oldest);
  }

  private say(what: string, error: unknown): 'unknown' {
    if (!this.stop.signal.aborted) this.deps.logger.debug(`${what} could not be read: ${error instanceof Error ? error.message : String(error)}`);
    return 'unknown';
  }
}
