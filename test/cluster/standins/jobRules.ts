/** What the containers of a matching job do. */
export type JobOutcome =
  | { readonly does: 'succeed'; readonly log?: string }
  | { readonly does: 'fail'; readonly log: string }
  /** Runs until it is told otherwise, or deleted. */
  | { readonly does: 'hang'; readonly log?: string };

export interface JobMatch {
  /** Every namespace when absent. */
  readonly namespace?: string;
  /** Tested against the name of the job's pod, which begins with the job's name. */
  readonly name: RegExp;
}

/** What was decided about jobs that may not even exist yet. The latest decision that matches counts. */
export class JobRules {
  private rules: { readonly match: JobMatch; readonly outcome: JobOutcome }[] = [];
  private readonly listeners = new Set<() => void>();

  /** Gives how to take the decision back. */
  decide(match: JobMatch, outcome: JobOutcome): () => void {
    const rule = { match, outcome };
    this.rules.push(rule);
    this.changed();
    return () => {
      this.rules = this.rules.filter((each) => each !== rule);
      this.changed();
    };
  }

  outcomeOf(namespace: string, pod: string): JobOutcome {
    const rule = this.rules.findLast(({ match }) => (match.namespace ?? namespace) === namespace && match.name.test(pod));
    return rule?.outcome ?? { does: 'succeed' };
  }

  clear(): void {
    this.rules = [];
    this.changed();
  }

  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
