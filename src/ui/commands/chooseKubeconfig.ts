import * as l10n from '@vscode/l10n';
import { Cancelled } from '../commandError';
import { simple } from './command';

/** Sets the kubeconfig of this machine, or goes back to the one that kubectl reads. */
export const chooseKubeconfig = simple(async ({ prompts, chooseFile, settings }) => {
  const answer = await prompts.pick({
    title: l10n.t('Choose Kubeconfig'),
    placeholder: l10n.t('Which kubeconfig to read'),
    choices: [
      { label: l10n.t('Choose a File…'), icon: 'folder-opened', value: 'file' },
      { label: l10n.t('As kubectl'), description: l10n.t('KUBECONFIG, else ~/.kube/config'), icon: 'terminal', value: 'kubectl' },
    ],
  });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  const file = answer.value === 'file' ? await chooseFile(l10n.t('Use This Kubeconfig')) : '';
  if (file === undefined) {
    throw new Cancelled();
  }
  await settings.setKubeconfig(file);
});
