import * as l10n from '@vscode/l10n';
import { describeRestorePlan } from '../../kubeblocks/describe/describeRestorePlan';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import { kbcliCommand, kubectlCommand, proofCommands } from '../../kubeblocks/planCommands';
import { planYaml, shownYaml } from '../../manifest/planYaml';
import type { App } from '../app';
import type { Choice } from '../prompts/prompts';
import { planFile, type OpenPlan } from '../restorePlans/openPlans';
import { PLAN_PATH, planQuery } from '../restorePlans/planLink';

type Export = () => Promise<void>;

/** Hands a plan on: as a manifest, as a command, as a link that opens it, as a runbook. Creates nothing. */
export async function exportPlan(app: App, { context, draft, made }: OpenPlan): Promise<void> {
  const { plan } = made;
  const { name } = plan.target;
  const yaml = planYaml([plan.object]);
  const kbcli = kbcliCommand(plan, { context });
  const choices: readonly Choice<Export>[] = [
    { label: l10n.t('Copy as kubectl Command'), icon: 'terminal', value: () => app.copy(kubectlCommand(yaml, { context })) },
    ...(kbcli === undefined ? [] : [{ label: l10n.t('Copy as kbcli Command'), icon: 'terminal', value: () => app.copy(kbcli) }]),
    { label: l10n.t('Copy Link to This Plan'), detail: l10n.t('Whoever opens it sees the plan; it starts nothing.'), icon: 'link', value: () => app.copy(app.linkTo(PLAN_PATH, planQuery(context, draft))) },
    { label: l10n.t('Save Manifest as YAML…'), icon: 'save', value: () => app.saveFile(`${planFile(name)}.yaml`, yaml) },
    { label: l10n.t('Save Runbook as Markdown…'), detail: l10n.t('The plan, the commands, and what proves that it worked.'), icon: 'book', value: () => app.saveFile(`${planFile(name)}.md`, runbook(app, context, made)) },
  ];
  const chosen = await app.prompts.pick<Export>({ title: l10n.t('Export the plan to restore into {0}', name), placeholder: l10n.t('Nothing is created'), choices });
  if (chosen.kind === 'value') {
    await chosen.value();
  }
}

function runbook(app: App, context: string, { plan, hash }: OpenPlan['made']): string {
  const yaml = shownYaml([plan.object]);
  const kbcli = kbcliCommand(plan, { context });
  const commands = { run: [kubectlCommand(yaml, { context }), ...(kbcli === undefined ? [] : [kbcli])], proof: proofCommands(plan, { context }) };
  return pageToMarkdown(describeRestorePlan(plan, { hash, source: context, yaml, dryRun: undefined }, app.time(), commands));
}
