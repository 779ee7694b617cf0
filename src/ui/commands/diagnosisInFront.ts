import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import { CommandError } from '../commandError';
import { DIAGNOSED_KINDS, diagnoseObject, type Diagnosed } from '../documents/diagnosis';
import type { ObjectRef } from '../objectRef';
import { valueOf } from './manifestTarget';
import { pickTrouble } from './pickTrouble';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** What the command was called on, else what the diagnosis in front is about, else what is chosen; looked into once more, as it may have gone on. */
export async function diagnosisInFront(app: App, ref: ObjectRef | undefined, title: string): Promise<{ readonly target: ObjectRef; readonly diagnosed: Diagnosed }> {
  const { context } = await requireInventory(app, ['backups', 'clusters']);
  const shown = app.documents.diagnosisInFront;
  const target = ref ?? (shown?.context === context ? shown.ref : undefined) ?? (await pickTrouble(app, title));
  const operations = requireOperations(app, context);
  const diagnosed = valueOf(await app.prompts.busy({ title, placeholder: l10n.t('Looking at {0}…', target.name) }, (signal) => diagnoseObject(operations, target, app.time(), signal)));
  if (diagnosed === undefined) {
    throw new CommandError(l10n.t('{0} cannot be diagnosed: that is there for {1}.', target.name, DIAGNOSED_KINDS.join(', ')));
  }
  return { target, diagnosed };
}
