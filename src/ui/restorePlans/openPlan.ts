import * as l10n from '@vscode/l10n';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import { pageToText, TEXT_WIDTH } from '../../kubeblocks/describe/plainText';
import { kubectlCommand, proofCommands } from '../../kubeblocks/planCommands';
import type { PlannedRestore } from '../../kubeblocks/plannedRestore';
import type { App } from '../app';
import { requireOperations } from '../commands/requireOperations';
import { planFile, type OpenPlan } from './openPlans';
import type { MadePlan, PlanKind } from './planKind';

/** A plan that was made, with everything that can be done with it. `onChange` is told of the draft that a change makes. */
export function openPlan<D, P extends PlannedRestore>(app: App, kind: PlanKind<D, P>, context: string, draft: D, made: MadePlan<P>, onChange: (draft: D) => void = () => undefined): OpenPlan {
  const { plan, hash } = made;
  const remade = async (next: D, signal?: AbortSignal): Promise<OpenPlan | undefined> => {
    const again = await kind.make(app, requireOperations(app, context), next, signal);
    return again === undefined ? undefined : openPlan(app, kind, context, next, again, onChange);
  };
  const yaml = async (): Promise<string> => (await import('../../manifest/planYaml.js')).shownYaml([plan.object]);
  const file = planFile(kind.fileName(plan));
  return {
    document: `${file}.txt`,
    file,
    context,
    made,
    link: kind.link(context, draft, plan),
    followed: kind.followed(context, plan),
    title: kind.title(draft),
    summary: kind.summary(app, draft, plan, context),
    changeable: kind.changeable(),
    kbcli: kind.kbcli(plan, { context }),
    text: async (dryRun) => pageToText(kind.page(plan, { hash, source: context, yaml: await yaml(), dryRun: dryRun ?? l10n.t('not asked yet') }, app.time()), TEXT_WIDTH),
    runbook: async () => {
      const shown = await yaml();
      const kbcli = kind.kbcli(plan, { context });
      const commands = { run: [kubectlCommand(shown, { context }), ...(kbcli === undefined ? [] : [kbcli])], proof: proofCommands(plan, { context }) };
      return pageToMarkdown(kind.page(plan, { hash, source: context, yaml: shown, dryRun: undefined }, app.time(), commands));
    },
    again: (signal) => remade(draft, signal),
    change: async () => {
      const changed = await kind.change(app, draft, made);
      const open = changed === undefined ? undefined : await remade(changed);
      if (changed !== undefined && open !== undefined) {
        onChange(changed);
      }
      return open;
    },
    follow: (to, operations) => kind.follow(to, operations, plan),
  };
}
