import * as l10n from '@vscode/l10n';
import { kubectlCommand } from '../../kubeblocks/planCommands';
import { planYaml } from '../../manifest/planYaml';
import type { App } from '../app';
import type { Choice } from '../prompts/prompts';
import type { OpenPlan } from '../restorePlans/openPlans';
import { PLAN_PATH, planQuery } from '../restorePlans/planLink';

type Export = () => Promise<void>;

/** Hands a plan on: as a manifest, as a command, as a link that opens it, as a runbook. Creates nothing. */
export async function exportPlan(app: App, { context, link, made, file, kbcli, runbook }: OpenPlan): Promise<void> {
  const yaml = planYaml([made.plan.object]);
  const choices: readonly Choice<Export>[] = [
    { label: l10n.t('Copy as kubectl Command'), icon: 'terminal', value: () => app.copy(kubectlCommand(yaml, { context })) },
    ...(kbcli === undefined ? [] : [{ label: l10n.t('Copy as kbcli Command'), icon: 'terminal', value: () => app.copy(kbcli) }]),
    { label: l10n.t('Copy Link to This Plan'), detail: l10n.t('Whoever opens it sees the plan; it starts nothing.'), icon: 'link', value: () => app.copy(app.linkTo(PLAN_PATH, planQuery(link))) },
    { label: l10n.t('Save Manifest as YAML…'), icon: 'save', value: () => app.saveFile(`${file}.yaml`, yaml) },
    { label: l10n.t('Save Runbook as Markdown…'), detail: l10n.t('The plan, the commands, and what proves that it worked.'), icon: 'book', value: async () => app.saveFile(`${file}.md`, await runbook()) },
  ];
  const chosen = await app.prompts.pick<Export>({ title: l10n.t('Export the plan to restore into {0}', made.plan.target.name), placeholder: l10n.t('Nothing is created'), choices });
  if (chosen.kind === 'value') {
    await chosen.value();
  }
}
