import type { RestoreDraft } from '../commands/restoreDraft';
import type { MadePlan } from '../commands/makeRestorePlan';

/** A plan that is open for reading. */
export interface OpenPlan {
  /** Name of its document. */
  readonly document: string;
  readonly context: string;
  /** What it was made from. */
  readonly draft: RestoreDraft;
  readonly made: MadePlan;
}

/** The plans of this window, by their documents; the newest is the one that is meant where none is named. */
export class OpenPlans {
  private readonly plans = new Map<string, OpenPlan>();

  keep(plan: OpenPlan): void {
    this.plans.delete(plan.document);
    this.plans.set(plan.document, plan);
  }

  find(document: string): OpenPlan | undefined {
    return this.plans.get(document);
  }

  get newest(): OpenPlan | undefined {
    return [...this.plans.values()].at(-1);
  }
}

/** The document of a plan: read-only text of ours, whose title is its file name. */
export function planDocument(target: string): string {
  return `${planFile(target)}.txt`;
}

/** What a file of a plan is called, without its ending. A link may call the new cluster anything, also a path. */
export function planFile(target: string): string {
  return `restore-${target.replace(/[^\w.-]/g, '_')}`;
}
