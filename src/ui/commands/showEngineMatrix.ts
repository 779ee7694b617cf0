import { simple } from './command';
import { inventoryIfAny } from './inventoryIfAny';

/** Shows what each engine can back up; without a cluster, what the add-ons of the chosen line can. */
export const showEngineMatrix = simple(async (app) => {
  await inventoryIfAny(app, ['clusters', 'policies', 'schedules', 'actionSets']);
  await app.documents.show({ form: 'engines' });
});
