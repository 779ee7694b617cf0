import type { Inventory } from '../kubeblocks/inventory';
import type { Prompts } from './prompts/prompts';
import type { ViewId } from './views/viewIds';

/** What `activate` gives to the extension's own tests, and to nobody else. */
export interface ExtensionInternals {
  /** The view's tree as text, opened `depth` levels. */
  treeText(view: ViewId, depth?: number): string;
  readonly inventory: () => Inventory | undefined;
  readonly connection: () => string;
  /** What each open recovery timeline shows, as a screen reader says it; undefined until it is drawn. */
  timelines(): readonly (string | undefined)[];
  /** Takes a message as if the timeline that was opened last had sent it. */
  receiveFromTimeline(message: unknown): void;
  /** Answers the commands' questions from here on; undefined asks the person again. */
  answerWith(prompts: Prompts | undefined): void;
}
