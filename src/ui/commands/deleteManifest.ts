import * as l10n from '@vscode/l10n';
import { KINDS } from '../../kubeblocks/kinds';
import type { AnyObject } from '../../kubeblocks/objects';
import type { TimeContext } from '../../kubeblocks/timeText';
import { deleteBackup } from '../../operations/deleteBackup';
import { deleteObjects, findDoomed, type Doomed } from '../../operations/deleteObjects';
import type { Confirm } from '../../operations/ports';
import { Cancelled } from '../commandError';
import type { Operations } from '../connection/operations';
import { simple } from './command';
import { confirmDeletion } from './confirmDeletion';
import { choosePart, KNOWLEDGE, namesOf, requireManifest, valueOf } from './manifestTarget';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Deletes from the cluster what a manifest describes. The text stays. */
export const deleteManifest = simple(async (app, { argument }) => {
  const manifest = await requireManifest(app, argument);
  const { context, defaultNamespace } = await requireInventory(app, KNOWLEDGE);
  app.contextRules.requireChangeable(context);
  const title = l10n.t('Delete What {0} Describes', manifest.name);
  const part = await choosePart(app, manifest, title, argument);
  const operations = requireOperations(app, context);
  const doomed = valueOf(await app.prompts.busy({ title, placeholder: l10n.t('Asking the server…') }, (signal) => findDoomed(operations, part.objects, defaultNamespace, signal)));
  if (doomed.length === 0) {
    notify(app, 'info', l10n.t('Nothing to delete: {0} has no {1}.', context, namesOf(part.objects)), []);
    return;
  }
  const deleted = await app.contextRules.change(context, () => deleteAll(requireOperations(app, context), doomed, app.time(), confirmDeletion(app, context, title)));
  notify(app, 'info', l10n.t('Deleted from {0}: {1}.', context, namesOf(deleted)), []);
});

/** Backups first, each with a question of its own about what builds on it. Throws where the person declines. */
async function deleteAll(operations: Operations, doomed: readonly Doomed[], time: TimeContext, confirm: Confirm): Promise<readonly AnyObject[]> {
  const { inventory } = operations.session;
  const backups = doomed.filter(({ resource }) => resource.kind === KINDS.backup.kind && resource.group === KINDS.backup.group);
  for (const { live } of backups) {
    if ((await deleteBackup(operations, inventory, live, { confirm, time })).kind === 'declined') {
      throw new Cancelled();
    }
  }
  const others = doomed.filter((each) => !backups.includes(each));
  if (!(await deleteObjects(operations, others, inventory.context, confirm))) {
    throw new Cancelled();
  }
  return [...backups, ...others].map(({ live }) => live);
}
