import type { CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { App } from '../app';
import { CommandError } from '../commandError';
import { requireInventory } from './pickObject';

/** The inventory with these lists read; undefined, and a line in the log, where there is none: for what can be shown without. */
export async function inventoryIfAny(app: App, names: readonly CollectionName[]): Promise<Inventory | undefined> {
  try {
    return await requireInventory(app, names);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    app.log.info(`shown without a cluster: ${error.message}`);
    return undefined;
  }
}
