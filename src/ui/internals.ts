import type { Inventory } from '../kubeblocks/inventory';
import type { Prompts } from './prompts/prompts';
import type { ViewId } from './views/viewIds';

/** What `activate` gives to the extension's own tests, and to nobody else. */
export interface ExtensionInternals {
  /** The view's tree as text, opened `depth` levels. */
  treeText(view: ViewId, depth?: number): string;
  readonly inventory: () => Inventory | undefined;
  readonly connection: () => string;
  /** Answers the commands' questions from here on; undefined asks the person again. */
  answerWith(prompts: Prompts | undefined): void;
}
