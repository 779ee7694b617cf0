import { parseArgs } from 'node:util';
import { describeVolumePlan } from '../../kubeblocks/describe/describeVolumePlan';
import { pageToMarkdown } from '../../kubeblocks/describe/markdown';
import { pageToText } from '../../kubeblocks/describe/plainText';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import { kubectlCommand, proofCommands } from '../../kubeblocks/planCommands';
import { volumePlanFingerprint } from '../../kubeblocks/planFingerprint';
import { planVolumeRestore, type VolumeRestorePlan } from '../../kubeblocks/volumeRestorePlan';
import type { VolumeRestoreRequest } from '../../kubeblocks/volumeRestoreRequest';
import { judgedPlan } from '../../manifest/judgePlan';
import { planYaml, shownYaml } from '../../manifest/planYaml';
import { planHash } from '../../operations/planHash';
import type { CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { loadDialect } from '../lint/loadDialect';
import { orUsageError, UsageError } from '../usageError';
import { instantOf, oneOf } from '../readArguments';
import { pairOf, POLICIES, SOURCE_OPTIONS, sourceOf } from './planArguments';
import { planFacts, type FactsArguments, type PlanFacts } from './planFacts';
import { sayFindings } from './sayFindings';

const HELP = `kubeblocks-backup plan volumes [options] --backup BACKUP (--claim VOLUME=CLAIM… | --into CLUSTER)

Plans a Restore object by hand, without a new cluster: the data of a backup into volume claims, or the steps after the
start in a cluster that runs. Says what is wrong with it and what is overwritten. Creates nothing.

Options:
  --backup BACKUP        the backup to restore; for an instant, the log backup
  -n, --namespace NS     its namespace (default: the context's; in a dump, the only one that has the backup)
  --to-namespace NS      the namespace of claims or cluster (default: the backup's)
  --claim VOLUME=CLAIM   the claim that gets a volume of the backup; it exists, or for a snapshot does not; repeatable
  --into CLUSTER         instead: run the steps after the start in this cluster
  --name NAME            the Restore (default: one that is free)
  --time TIME            the instant, for a log backup: 2026-11-23T11:58:00Z, with any offset
  --source-target NAME   of a backup of several targets, whose part
  --source-pod POD       of a backup of all pods, whose copy (default: the first)
  --kubeconfig FILE, --context CONTEXT, --from FILE, --now TIME, --kubeblocks LINE
                         as plan restore has them; a dump needs persistentvolumeclaims and pods, too
  --parameter NAME=VALUE, --env NAME=VALUE, --volume-restore-policy POLICY
                         as plan restore has them; the first two are repeatable
  -o, --output FORMAT    text, json, yaml (the manifest to apply) or md (a runbook) (default text)
  --help                 this text

Exits with 0 where nothing forbids the restore, 1 where something does, 2 where no plan could be made.
`;

type Given = FactsArguments & { readonly help: boolean; readonly output: 'text' | 'json' | 'yaml' | 'md'; readonly request: (facts: PlanFacts) => VolumeRestoreRequest };

/** `kubeblocks-backup plan volumes`. Throws `UsageError` where no plan can be made. */
export async function runVolumePlan(args: readonly string[], process: CliProcess): Promise<number> {
  const given = parse(args);
  if (given.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const facts = await planFacts(given, process);
  const { inventory, around, now } = facts;
  const planned = planVolumeRestore(inventory, given.request(facts), facts.volumes, { now, timeZone: 'UTC' }, around);
  const noted = { ...planned, findings: [...planned.findings, ...facts.notes.map((message): PlanFinding => ({ severity: 'info', code: 'restore/assumed', message }))] };
  const plan = inventory.line === undefined ? noted : judgedPlan(noted, inventory, around, loadDialect(inventory.line, findSchemas(__dirname)));
  process.stdout.write(await written(plan, given, facts));
  if (given.output === 'yaml') sayFindings(plan.findings, process);
  return hasErrors(plan.findings) ? 1 : 0;
}

async function written(plan: VolumeRestorePlan, { output, context }: Given, { inventory, now }: PlanFacts): Promise<string> {
  const { object, findings, target, checks } = plan;
  if (output === 'yaml') return planYaml([object]);
  const hash = await planHash(volumePlanFingerprint(plan));
  if (output === 'json') {
    const report = { hash, target, possible: !hasErrors(findings), findings: findings.map(({ code, severity, message }) => ({ rule: code, severity, message })), checks: checks.map(({ code, verdict, message }) => ({ rule: code, verdict, message })), manifests: [object] };
    return `${JSON.stringify(report, undefined, 2)}\n`;
  }
  const yaml = shownYaml([object]);
  const commands = { run: [kubectlCommand(yaml, { context })], proof: proofCommands(plan, { context }) };
  const page = describeVolumePlan(plan, { hash, source: inventory.context, yaml, dryRun: undefined }, { now, timeZone: 'UTC' }, output === 'md' ? commands : undefined);
  return output === 'md' ? pageToMarkdown(page) : pageToText(page);
}

function parse(args: readonly string[]): Given {
  const { values, positionals } = orUsageError(() => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }));
  const { backup = '', into, help } = values;
  const claims = values.claim.map((text) => pairOf('--claim', text)).map(({ name, value }) => ({ volume: name, claim: value }));
  if (!help && positionals.length > 0) throw new UsageError(`${positionals.join(' ')}: plan volumes takes options alone.`);
  if (!help && backup === '') throw new UsageError('--backup: give the backup to restore.');
  if (!help && (claims.length > 0) === (into !== undefined)) throw new UsageError('--claim: give the claims to fill, or with --into the cluster that runs, not both.');
  const time = instantOf('--time', values.time);
  const { name, 'source-target': sourceTarget, 'source-pod': sourcePod, 'to-namespace': toNamespace, 'volume-restore-policy': policy } = values;
  const volumeRestorePolicy = policy === undefined ? undefined : oneOf('--volume-restore-policy', policy, POLICIES);
  return {
    help,
    backup,
    namespace: values.namespace,
    toNamespace,
    ...sourceOf(values),
    output: oneOf('--output', values.output, ['text', 'json', 'yaml', 'md']),
    wantsVolumes: true,
    also: [],
    request: (facts) => ({
      backup: facts.backup,
      namespace: toNamespace ?? facts.backup.metadata.namespace ?? '',
      ...(name !== undefined && { name }),
      ...(time !== undefined && { restoreTime: time }),
      ...(sourceTarget !== undefined && { sourceTarget }),
      ...(sourcePod !== undefined && { sourcePod }),
      ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
      parameters: values.parameter.map((text) => pairOf('--parameter', text)),
      env: values.env.map((text) => pairOf('--env', text)),
      ...(into === undefined ? { stage: 'prepareData', claims } : { stage: 'postReady', cluster: into }),
    }),
  };
}

const OPTIONS = {
  backup: { type: 'string' },
  namespace: { type: 'string', short: 'n' },
  'to-namespace': { type: 'string' },
  claim: { type: 'string', multiple: true, default: [] as string[] },
  into: { type: 'string' },
  name: { type: 'string' },
  time: { type: 'string' },
  'source-target': { type: 'string' },
  'source-pod': { type: 'string' },
  parameter: { type: 'string', multiple: true, default: [] as string[] },
  env: { type: 'string', multiple: true, default: [] as string[] },
  'volume-restore-policy': { type: 'string' },
  ...SOURCE_OPTIONS,
  output: { type: 'string', default: 'text', short: 'o' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;
