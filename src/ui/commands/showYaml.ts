import * as l10n from '@vscode/l10n';
import { simple } from './command';
import { requireInventory, requireAnyObject } from './pickObject';

/** Shows an object as the API server has it, read-only, secrets removed. */
export const showYaml = simple(async (app, { ref }) => {
  const target = await requireAnyObject(app, ref, l10n.t('Show the YAML of'));
  const { context } = await requireInventory(app, []);
  await app.documents.show({ form: 'yaml', context, ref: target });
});
