import type { PlanEdition, RunbookCommands } from '../../kubeblocks/describe/describeRestorePlan';
import type { Page } from '../../kubeblocks/describe/page';
import type { CommandPlace } from '../../kubeblocks/planCommands';
import type { PlannedRestore } from '../../kubeblocks/plannedRestore';
import type { TimeContext } from '../../kubeblocks/timeText';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed } from '../following/followed';
import type { LinkedPlan } from './planLink';

/** A plan, and the name by which two of them are told apart. */
export interface MadePlan<P extends PlannedRestore = PlannedRestore> {
  readonly plan: P;
  readonly hash: string;
}

/** How restores of one kind are planned, read, changed, handed on and followed: into a new cluster, or into volumes. */
export interface PlanKind<D, P extends PlannedRestore> {
  /** From what the cluster says now; undefined where questions are not answered yet. Rejects with an `AppError`. */
  readonly make: (app: App, operations: Operations, draft: D, signal?: AbortSignal) => Promise<MadePlan<P> | undefined>;
  readonly page: (plan: P, edition: PlanEdition, time: TimeContext, commands?: RunbookCommands) => Page;
  /** Title of its question. */
  readonly title: (draft: D) => string;
  /** What is created where, as sentences. */
  readonly summary: (app: App, draft: D, plan: P, context: string) => string;
  /** What can be different. */
  readonly changeable: () => string;
  /** Asks what is to be different; undefined where the person leaves. */
  readonly change: (app: App, draft: D, made: MadePlan<P>) => Promise<D | undefined>;
  /** What of a changed draft outlives a way back through the questions. */
  readonly kept: (changed: D) => Partial<D>;
  /** Of what its document and its files are called. */
  readonly fileName: (plan: P) => string;
  readonly link: (context: string, draft: D, plan: P) => LinkedPlan;
  /** The command of kbcli that says the same, where there is one. */
  readonly kbcli: (plan: P, place: CommandPlace) => string | undefined;
  readonly followed: (context: string, plan: P) => Followed;
  readonly follow: (app: App, operations: Operations, plan: P) => Promise<void>;
}
