import { describeRestorePlan } from '../../kubeblocks/describe/describeRestorePlan';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import { pageToText } from '../../kubeblocks/describe/plainText';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import { kbcliCommand, kubectlCommand, proofCommands } from '../../kubeblocks/planCommands';
import { planFingerprint } from '../../kubeblocks/planFingerprint';
import { planRestore, type RestorePlan } from '../../kubeblocks/restorePlan';
import { restorePlanReport } from '../../kubeblocks/restorePlanReport';
import type { RestoreRequest } from '../../kubeblocks/restoreRequest';
import { writtenWay } from '../../kubeblocks/restoreWays';
import { judgedPlan } from '../../manifest/judgePlan';
import { planYaml, shownYaml } from '../../manifest/planYaml';
import { planHash } from '../../operations/planHash';
import type { CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { loadDialect } from '../lint/loadDialect';
import { parsePlanArguments, PLAN_HELP, type PlanArguments } from './planArguments';
import { planFacts, type PlanFacts } from './planFacts';
import { sayFindings } from './sayFindings';
import { runVolumePlan } from './volumePlanCommand';

/** `kubeblocks-backup plan restore` and `plan volumes`: what a restore would do, before anything is created. */
export async function runPlan(args: readonly string[], process: CliProcess): Promise<number> {
  if (args[0] === 'volumes') {
    return runVolumePlan(args.slice(1), process);
  }
  const given = parsePlanArguments(args);
  if (given.help) {
    process.stdout.write(PLAN_HELP);
    return 0;
  }
  const facts = await planFacts({ ...given, wantsVolumes: false }, process);
  const plan = planOf(given, facts);
  const text = await written(plan, given, facts);
  process.stdout.write(text);
  if (given.output === 'yaml') sayFindings(plan.findings, process);
  return hasErrors(plan.findings) ? 1 : 0;
}

function planOf(given: PlanArguments, { inventory, backup, others, around, now, notes }: PlanFacts): RestorePlan {
  const plan = planRestore(inventory, requestOf(given, inventory, backup, others), { now, timeZone: 'UTC' }, around);
  const noted = { ...plan, findings: [...plan.findings, ...notes.map((message): PlanFinding => ({ severity: 'info', code: 'restore/assumed', message }))] };
  return inventory.line === undefined ? noted : judgedPlan(noted, inventory, around, loadDialect(inventory.line, findSchemas(__dirname)));
}

function requestOf(given: PlanArguments, { line }: PlanFacts['inventory'], backup: PlanFacts['backup'], others: PlanFacts['others']): RestoreRequest {
  const { to, toNamespace, time, parameters, env, volumeRestorePolicy, deferPostReady, components, only } = given;
  return {
    backup,
    others,
    targetName: to,
    targetNamespace: toNamespace ?? backup.metadata.namespace ?? '',
    way: given.way === 'opsrequest' ? 'opsRequest' : (writtenWay(line) ?? 'annotation'),
    parameters,
    env,
    components,
    deferPostReadyUntilClusterRunning: deferPostReady,
    ...(only && { onlyRestored: true }),
    ...(time !== undefined && { restoreTime: time }),
    ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
  };
}

async function written(plan: RestorePlan, { output, context }: PlanArguments, { inventory, now }: PlanFacts): Promise<string> {
  const hash = await planHash(planFingerprint(plan));
  switch (output) {
    case 'yaml':
      return planYaml([plan.object]);
    case 'json':
      return `${JSON.stringify(restorePlanReport(plan, hash, inventory.context), undefined, 2)}\n`;
    case 'md':
    case 'text': {
      const shown = shownYaml([plan.object]);
      const kbcli = kbcliCommand(plan, { context });
      const commands = { run: [kubectlCommand(shown, { context }), ...(kbcli === undefined ? [] : [kbcli])], proof: proofCommands(plan, { context }) };
      const page = describeRestorePlan(plan, { hash, source: inventory.context, yaml: shown, dryRun: undefined }, { now, timeZone: 'UTC' }, output === 'md' ? commands : undefined);
      return output === 'md' ? pageToMarkdown(page) : pageToText(page);
    }
  }
}

