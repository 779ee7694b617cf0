import { parseArgs } from 'node:util';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import { kubectlCommand } from '../../kubeblocks/planCommands';
import { planVolumeRestore, type VolumeRestoreRequest } from '../../kubeblocks/volumeRestorePlan';
import { inventoryFacts } from '../../manifest/facts/inventoryFacts';
import { planFindings } from '../../manifest/planFindings';
import { planYaml, shownYaml } from '../../manifest/planYaml';
import type { CliProcess } from '../cliProcess';
import { findSchemas } from '../installation';
import { loadDialect } from '../lint/loadDialect';
import { orUsageError, UsageError } from '../usageError';
import { instantOf, oneOf } from '../readArguments';
import { pairOf, SOURCE_OPTIONS, sourceOf } from './planArguments';
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
  -o, --output FORMAT    text, json or yaml (the manifest to apply) (default text)
  --help                 this text

Exits with 0 where nothing forbids the restore, 1 where something does, 2 where no plan could be made.
`;

type Given = FactsArguments & { readonly help: boolean; readonly output: 'text' | 'json' | 'yaml'; readonly request: (facts: PlanFacts) => VolumeRestoreRequest };

/** `kubeblocks-backup plan volumes`. Throws `UsageError` where no plan can be made. */
export async function runVolumePlan(args: readonly string[], process: CliProcess): Promise<number> {
  const given = parse(args);
  if (given.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const facts = await planFacts(given, process);
  const { inventory } = facts;
  const planned = planVolumeRestore(inventory, given.request(facts), facts.volumes);
  const noted = [...planned.findings, ...facts.notes.map((message): PlanFinding => ({ severity: 'info', code: 'restore/assumed', message }))];
  const judged = inventory.line === undefined ? [] : planFindings({ objects: [planned.object], before: [], findings: noted }, [inventoryFacts(inventory)], loadDialect(inventory.line, findSchemas(__dirname)));
  const findings = [...noted, ...judged];
  const yaml = planYaml([planned.object]);
  switch (given.output) {
    case 'yaml':
      process.stdout.write(yaml);
      sayFindings(findings, process);
      break;
    case 'json':
      process.stdout.write(`${JSON.stringify({ possible: !hasErrors(findings), findings: findings.map(({ code, severity, message }) => ({ rule: code, severity, message })), manifests: [planned.object] }, undefined, 2)}\n`);
      break;
    case 'text':
      process.stdout.write(textOf(findings, shownYaml([planned.object]), given.context));
  }
  return hasErrors(findings) ? 1 : 0;
}

function textOf(findings: readonly PlanFinding[], yaml: string, context: string | undefined): string {
  const verdict = hasErrors(findings) ? 'Cannot be restored.' : 'Can be restored.';
  const lines = findings.map(({ severity, code, message }) => `  ${severity}: ${message} (${code})`);
  return [verdict, ...lines, '', kubectlCommand(yaml, { context })].join('\n');
}

function parse(args: readonly string[]): Given {
  const { values, positionals } = orUsageError(() => parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }));
  const { backup = '', into, help } = values;
  const claims = values.claim.map((text) => pairOf('--claim', text)).map(({ name, value }) => ({ volume: name, claim: value }));
  if (!help && positionals.length > 0) throw new UsageError(`${positionals.join(' ')}: plan volumes takes options alone.`);
  if (!help && backup === '') throw new UsageError('--backup: give the backup to restore.');
  if (!help && (claims.length > 0) === (into !== undefined)) throw new UsageError('--claim: give the claims to fill, or with --into the cluster that runs, not both.');
  const time = instantOf('--time', values.time);
  const { name, 'source-target': sourceTarget, 'source-pod': sourcePod, 'to-namespace': toNamespace } = values;
  return {
    help,
    backup,
    namespace: values.namespace,
    toNamespace,
    ...sourceOf(values),
    output: oneOf('--output', values.output, ['text', 'json', 'yaml']),
    wantsVolumes: true,
    also: [],
    request: (facts) => ({
      backup: facts.backup,
      namespace: toNamespace ?? facts.backup.metadata.namespace ?? '',
      ...(name !== undefined && { name }),
      ...(time !== undefined && { restoreTime: time }),
      ...(sourceTarget !== undefined && { sourceTarget }),
      ...(sourcePod !== undefined && { sourcePod }),
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
  ...SOURCE_OPTIONS,
  output: { type: 'string', default: 'text', short: 'o' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;
