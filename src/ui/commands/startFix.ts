import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { DocumentForm } from '../documents/documentAddress';
import type { StartableFix } from '../fixes';
import { diagnosisInFront } from './diagnosisInFront';
import { simple } from './command';
import type { CommandId } from './commandIds';
import { valueOf } from './manifestTarget';

/** Offers what can be done about what a diagnosis found, and starts what is chosen; each asks by itself before it changes anything. */
export const startFix = simple(async (app, { ref }) => {
  const { target, diagnosed } = await diagnosisInFront(app, ref, l10n.t('Start a Fix'));
  const choices = diagnosed.fixes.map(({ fix, cause }) => ({ label: fix.label, description: cause.title, detail: cause.todo.join(' '), icon: 'lightbulb', value: fix }));
  if (choices.length === 0) {
    throw new CommandError(l10n.t('There is nothing to start against what {0} has. Read on its page what was found.', target.name), {
      action: { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [target] },
    });
  }
  const fix: StartableFix = valueOf(await app.prompts.pick({ title: l10n.t('Fix for {0}', target.name), placeholder: l10n.t('The most certain cause comes first'), choices }));
  await start(app, fix);
});

/** What only shows something is shown beside the diagnosis, which would go from its place otherwise. */
async function start(app: App, { command, argument }: StartableFix): Promise<void> {
  const form = PAGES[command];
  const { inventory } = app.active;
  if (form !== undefined && argument !== undefined && inventory !== undefined) {
    await app.documents.show({ form, context: inventory.context, ref: argument }, 'beside');
    return;
  }
  await app.runCommand(command, ...(argument === undefined ? [] : [argument]));
}

const PAGES: Readonly<Partial<Record<CommandId, DocumentForm>>> = { 'kubeblocksBackup.describe': 'describe', 'kubeblocksBackup.showLineage': 'lineage' };
