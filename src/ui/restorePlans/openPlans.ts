import type { FollowedObjects } from '../following/followed';
import type { RestoreDraft } from '../commands/restoreDraft';
import type { MadePlan } from '../commands/makeRestorePlan';
import { linkedPlan, linkOf, type LinkedPlan } from './planLink';

/** A plan that is open for reading. */
export interface OpenPlan {
  /** Name of its document. */
  readonly document: string;
  readonly context: string;
  /** What it was made from. */
  readonly draft: RestoreDraft;
  readonly made: MadePlan;
}

/** Where a window keeps from what its plans are made, over its reload. */
export interface PlanMemory {
  read(): unknown;
  write(plans: readonly RememberedPlan[]): void;
}

export interface RememberedPlan {
  readonly document: string;
  readonly link: LinkedPlan;
}

/** More are hardly open at once. */
const MOST_REMEMBERED = 10;

/** The plans of this window, by their documents; the newest is the one that is meant where none is named. */
export class OpenPlans {
  private readonly plans = new Map<string, OpenPlan>();
  /** Documents that were closed while the restore of their plan was followed. */
  private readonly closed = new Set<string>();

  constructor(private readonly followed: Pick<FollowedObjects, 'isUnderway'>, private readonly memory: PlanMemory) {}

  keep(plan: OpenPlan): void {
    const { document, context, draft } = plan;
    this.closed.delete(document);
    this.letGo();
    this.plans.delete(document);
    this.plans.set(document, plan);
    this.memory.write([...this.rememberedBut(document), { document, link: linkOf(context, draft) }].slice(-MOST_REMEMBERED));
  }

  /** A plan goes with its document, unless its restore is followed: a second start is to find the first. */
  close(document: string): void {
    if (this.plans.has(document)) {
      this.closed.add(document);
      this.letGo();
    }
  }

  find(document: string): OpenPlan | undefined {
    return this.plans.get(document);
  }

  get newest(): OpenPlan | undefined {
    return [...this.plans.values()].at(-1);
  }

  /** From what a plan was made that was open before the window was reloaded: that of a document, or the newest. */
  remembered(document?: string): LinkedPlan | undefined {
    return this.rememberedBut(undefined).findLast((each) => document === undefined || each.document === document)?.link;
  }

  private letGo(): void {
    for (const document of this.closed) {
      const plan = this.plans.get(document);
      if (plan === undefined || !this.followed.isUnderway({ kind: 'restore', context: plan.context, ...plan.made.plan.target })) {
        this.closed.delete(document);
        this.plans.delete(document);
        this.memory.write(this.rememberedBut(document));
      }
    }
  }

  /** What is stored may be of another version. */
  private rememberedBut(document: string | undefined): readonly RememberedPlan[] {
    const stored = this.memory.read();
    return (Array.isArray(stored) ? stored : []).flatMap((each: unknown) => {
      const { document: name, link } = (each ?? {}) as Record<string, unknown>;
      const plan = linkedPlan(link);
      return typeof name === 'string' && name !== document && plan !== undefined ? [{ document: name, link: plan }] : [];
    });
  }
}

/** The document of a plan: read-only text of ours, whose title is its file name. */
export function planDocument(target: string): string {
  return `${planFile(target)}.txt`;
}

/** Whether a document of ours is that of a plan. */
export function isPlanDocument(name: string): boolean {
  return /^restore-.*\.txt$/.test(name);
}

/** What a file of a plan is called, without its ending. A link may call the new cluster anything, also a path. */
export function planFile(target: string): string {
  return `restore-${target.replace(/[^\w.-]/g, '_')}`;
}
