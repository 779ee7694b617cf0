import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed, FollowedObjects } from '../following/followed';
import { linkedPlan, type LinkedPlan } from './planLink';
import type { MadePlan } from './planKind';

/** A plan that is open for reading. */
export interface OpenPlan {
  /** Name of its document. */
  readonly document: string;
  /** What a file of it is called, without its ending. */
  readonly file: string;
  readonly context: string;
  readonly made: MadePlan;
  /** From what it was made, as far as it may be handed on. */
  readonly link: LinkedPlan;
  /** What is waited for once it was started. */
  readonly followed: Followed;
  /** Title and sentences of the question behind it. */
  readonly title: string;
  readonly summary: string;
  /** What can be different in it. */
  readonly changeable: string;
  readonly kbcli: string | undefined;
  /** To read, without credentials. `dryRun`: the server's word. */
  readonly text: (dryRun?: string) => Promise<string>;
  /** In Markdown, with the commands, and what proves that it worked. */
  readonly runbook: () => Promise<string>;
  /** The same as it is now. Rejects with an `AppError`. */
  readonly again: (signal?: AbortSignal) => Promise<OpenPlan | undefined>;
  /** Asks what is to be different; undefined where the person leaves. */
  readonly change: () => Promise<OpenPlan | undefined>;
  readonly follow: (app: App, operations: Operations) => Promise<void>;
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
    const { document, link } = plan;
    this.closed.delete(document);
    this.letGo();
    this.plans.delete(document);
    this.plans.set(document, plan);
    this.memory.write([...this.rememberedBut(document), { document, link }].slice(-MOST_REMEMBERED));
  }

  /** What was started, or is not wanted, is not asked about after a reload. */
  forget(document: string): void {
    this.memory.write(this.rememberedBut(document));
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

  /** From what the plans were made that were open before the window was reloaded and are not now, the newest last. */
  get remembered(): readonly RememberedPlan[] {
    return this.rememberedBut(undefined).filter(({ document }) => !this.plans.has(document));
  }

  private letGo(): void {
    for (const document of this.closed) {
      const plan = this.plans.get(document);
      if (plan === undefined || !this.followed.isUnderway(plan.followed)) {
        this.closed.delete(document);
        this.plans.delete(document);
        this.forget(document);
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

/** What document and files of a plan are called, without their ending. A link may call the new cluster anything, also a path. */
export function planFile(target: string): string {
  return `restore-${target.replace(/[^\w.-]/g, '_')}`;
}
