import * as l10n from '@vscode/l10n';
import { CommandError, Cancelled } from '../commandError';
import { simple } from './command';

/** Connects to another context of the kubeconfig; this window remembers it, the kubeconfig stays as it is. */
export const chooseContext = simple(async ({ active, prompts }) => {
  const { contexts, current } = await active.contexts();
  if (contexts.length === 0) {
    throw new CommandError(l10n.t('There is no context to choose: the kubeconfig names none.'), {
      action: { label: l10n.t('Choose Kubeconfig…'), command: 'kubeblocksBackup.chooseKubeconfig' },
    });
  }
  const connected = active.session?.context;
  const answer = await prompts.pick({
    title: l10n.t('Choose Context'),
    placeholder: l10n.t('Context of the kubeconfig to look at'),
    choices: contexts.map(({ name, cluster, namespace }) => ({
      label: name,
      description: name === connected ? l10n.t('shown now') : name === current ? l10n.t('current for kubectl') : '',
      detail: l10n.t('cluster {0}, namespace {1}', cluster, namespace),
      icon: name === connected ? 'check' : 'server',
      value: name,
    })),
    active: (name) => name === connected,
  });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  await active.reopen(answer.value);
});
