import type { KubeBlocksLine } from '../kubeblocks/kinds';
import type { Dialect } from '../manifest/dialect';
import type { TimeContext } from '../kubeblocks/timeText';
import type { Clock, Logger } from '../operations/ports';
import type { ActiveCluster } from './connection/activeCluster';
import type { ContextRules } from './connection/contextRules';
import type { Operations } from './connection/operations';
import type { DocumentAddress } from './documents/documentAddress';
import type { FollowedObjects } from './following/followed';
import type { Manifests } from './manifests';
import type { ObjectRef } from './objectRef';
import type { OpenPlans } from './restorePlans/openPlans';
import type { Prompts } from './prompts/prompts';
import type { GroupBy } from './views/groupings';
import type { TreeNode } from './views/treeNode';

/** What a command works with. Plain interfaces, so that commands run and are tested without VS Code. */
export interface App {
  readonly active: ActiveCluster;
  /** What the use cases work with on the cluster that is connected now; undefined without one. */
  readonly operations: () => Operations | undefined;
  /** Which contexts may not be changed, or not without a word. */
  readonly contextRules: ContextRules;
  /** What is waited for, remembered over a reload of the window. */
  readonly followed: FollowedObjects;
  readonly prompts: Prompts;
  readonly log: Log;
  readonly clock: Clock;
  readonly time: () => TimeContext;
  readonly documents: Documents;
  readonly manifests: Manifests;
  /** What a line of KubeBlocks takes, for judging what a command wants to write. */
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly timelines: TimelineViews;
  readonly views: Views;
  readonly playground: PlaygroundControl;
  readonly settings: Settings;
  /** The restore plans that are open for reading. */
  readonly restorePlans: OpenPlans;
  readonly copy: (text: string) => Promise<void>;
  /** Asks where to, and writes the text there. */
  readonly saveFile: (name: string, text: string) => Promise<void>;
  /** A link that opens this extension, here or elsewhere. */
  readonly linkTo: (path: string, query: string) => string;
  /** A file dialog; undefined when the person leaves it. */
  readonly chooseFile: (title: string) => Promise<string | undefined>;
  readonly runCommand: (command: string, ...args: readonly unknown[]) => Promise<void>;
}

export interface Log extends Logger {
  show(): void;
}

export interface Documents {
  /** `beside`: what is in front stays. */
  show(address: DocumentAddress, where?: 'beside'): Promise<void>;
  /** Shows a text of ours beside the active editor, read-only, under a name with its file extension. */
  preview(name: string, text: string): Promise<void>;
  /** Shows a Markdown text of ours as a page. */
  page(title: string, markdown: string): Promise<void>;
  /** Opens the diff editor, in which neither of our texts can be changed. */
  compare(title: string, before: NamedText | { readonly uri: string }, after: NamedText): Promise<void>;
  /** What the diagnosis in front is about; undefined where another editor is. */
  readonly diagnosisInFront: { readonly context: string; readonly ref: ObjectRef } | undefined;
  /** Makes the open pages again, after what they show may have changed. */
  refreshOpen(): void;
}

/** A text of ours, and its name with the file extension. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Recovery timelines, one for each cluster. */
export interface TimelineViews {
  show(subject: { readonly context: string; readonly ref: ObjectRef }): Promise<void>;
}

export interface Views {
  /** Selects the object's line; false when no view shows it. */
  reveal(ref: ObjectRef): Promise<boolean>;
  readonly selection: TreeNode | undefined;
  /** Brings the side bar forward. */
  focus(): Promise<void>;
  /** Draws a list further than its first lines. */
  showMore(groupId: string): void;
  /** Words that backup sets shown must contain; empty shows all. */
  filter: string;
  /** Shows a bar in the Clusters view, and a cancellable message, while the task runs. */
  withProgress<T>(title: string, task: (progress: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Says what is going on now. */
export type Report = (message: string) => void;

export interface PlaygroundControl {
  readonly isRunning: boolean;
  /** Starts it unless it runs; resolves with its kubeconfig. */
  open(): Promise<string>;
  close(): Promise<void>;
}

export interface Settings {
  readonly groupBy: GroupBy;
  /** What Back Up Now creates. */
  readonly backUpAs: 'Backup' | 'OpsRequest';
  /** The line that manifests are judged by; undefined where the connected cluster decides. */
  readonly kubeblocksLine: KubeBlocksLine | undefined;
  setGroupBy(value: GroupBy): Promise<void>;
  setKubeconfig(file: string): Promise<void>;
}
