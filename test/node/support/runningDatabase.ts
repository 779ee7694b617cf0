import type { Database } from './databases';
import { Ledger, ROWS_IN_AWK, rowsOf, type Digest } from './ledger';
import { runInPod, type PodHost, type PodPlace } from './podShell';

/** In the middle of a second, so that what follows is over before the next. */
const MIDDLE_OF_SECOND = 'until tenth=$(date +%1N); [ "$tenth" -ge 1 ] && [ "$tenth" -le 5 ]; do sleep 0.05; done';

/** A database in a pod, and what was written to it. */
export class RunningDatabase {
  readonly ledger = new Ledger();

  constructor(
    private readonly lane: PodHost,
    readonly database: Database,
    private readonly place: PodPlace,
  ) {}

  /** Makes the place for rows, and writes the first. */
  async fill(rows: number): Promise<void> {
    await this.run(this.database.scripts.prepare);
    if (this.database.scripts.write !== undefined) await this.write(rows);
  }

  async write(rows: number): Promise<void> {
    const { write } = this.database.scripts;
    if (write === undefined) return;
    const batch = this.ledger.newBatch();
    const { from, to } = await this.timed(`awk -v batch=${batch} -v count=${rows} '${ROWS_IN_AWK}' >/tmp/new-rows; write() { ${write}\n}; write </tmp/new-rows`);
    this.ledger.wrote(rowsOf(batch, rows), from, to);
  }

  async drop(): Promise<void> {
    const { from, to } = await this.timed(this.database.scripts.drop);
    this.ledger.dropped(from, to);
  }

  /** What the database itself says it holds. `until`: a second since the epoch after which nothing counts. */
  async digest(until = 0): Promise<Digest> {
    // `list` runs in a subshell that must fail as a whole.
    const script = `list() { ${this.database.scripts.list}; }\nlist "$1" >/tmp/rows\necho "$(wc -l </tmp/rows) $(LC_ALL=C sort /tmp/rows | sha256sum | cut -d' ' -f1)"`;
    return (await this.run(script, [String(until)])).trim();
  }

  /** Seconds since the epoch, by the clock of the node. */
  async now(): Promise<number> {
    return Number(await this.run('date +%s'));
  }

  run(script: string, args: readonly string[] = []): Promise<string> {
    return runInPod(this.lane, this.place, script, args);
  }

  private async timed(script: string): Promise<{ readonly from: number; readonly to: number }> {
    const printed = await this.run(`${MIDDLE_OF_SECOND}\nfrom=$(date +%s)\n{ ${script}\n} >/dev/null\necho "$from $(date +%s)"`);
    const [from = NaN, to = NaN] = printed.trim().split(' ').map(Number);
    return { from, to };
  }
}
