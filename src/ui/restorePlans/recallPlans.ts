import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import { notify } from '../commands/notify';
import type { RememberedPlan } from './openPlans';

/**
 * Says once, on the first connection of their context, which plans were open and not started when the window was
 * reloaded: VS Code does not open their documents again. Returns how to stop looking out for connections.
 */
export function recallPlans(app: App): () => void {
  const told = new Set<string>();
  return app.active.onDidChange(() => {
    const { session } = app.operations() ?? {};
    if (session?.inventory.connection.state !== 'connected' || told.has(session.context)) {
      return;
    }
    told.add(session.context);
    const plans = app.restorePlans.remembered.filter(({ link }) => link.context === session.context);
    if (plans.length > 0) {
      tell(app, plans);
    }
  });
}

function tell(app: App, plans: readonly RememberedPlan[]): void {
  const names = plans.map(({ link }) => link.targetName).join(', ');
  const isOne = plans.length === 1;
  notify(app, 'info', isOne ? l10n.t('A plan to restore into {0} was open, and nothing of it was started.', names) : l10n.t('Plans to restore into {0} were open, and nothing of them was started.', names), [
    { label: isOne ? l10n.t('Open It Again') : l10n.t('Open One Again…'), run: () => openAgain(app, plans) },
    {
      label: isOne ? l10n.t('Forget It') : l10n.t('Forget Them'),
      run: () => {
        plans.forEach(({ document }) => app.restorePlans.forget(document));
        return Promise.resolve();
      },
    },
  ]);
}

async function openAgain(app: App, plans: readonly RememberedPlan[]): Promise<void> {
  const [only, ...others] = [...plans].reverse();
  const choices = plans.map(({ link }) => ({ label: link.targetName, description: l10n.t('from {0}', link.backup), icon: 'list-unordered', value: link })).reverse();
  const answer = others.length === 0 ? undefined : await app.prompts.pick({ title: l10n.t('Open a restore plan again'), placeholder: l10n.t('It is made anew, and starts nothing'), choices });
  const link = answer === undefined ? only?.link : answer.kind === 'value' ? answer.value : undefined;
  if (link !== undefined) {
    await app.runCommand('kubeblocksBackup.openRestorePlan', link);
  }
}
