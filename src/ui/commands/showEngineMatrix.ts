import { CommandError } from '../commandError';
import { simple } from './command';
import { requireInventory } from './pickObject';

/** Shows what each engine can back up; without a cluster, what the add-ons of the chosen line can. */
export const showEngineMatrix = simple(async (app) => {
  try {
    await requireInventory(app, ['clusters', 'policies', 'schedules', 'actionSets']);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    app.log.info(`the engine matrix is shown without a cluster: ${error.message}`);
  }
  await app.documents.show({ form: 'engines' });
});
