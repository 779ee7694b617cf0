import { parseArgs } from 'node:util';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Parameter } from '../../kubeblocks/objects';
import type { ComponentChange } from '../../kubeblocks/restoreRequest';
import { checkSource, instantOf, oneOf } from '../readArguments';
import { orUsageError, UsageError } from '../usageError';

export interface PlanArguments {
  readonly help: boolean;
  readonly backup: string;
  /** Of the backup. */
  readonly namespace: string | undefined;
  /** Ms since the epoch. */
  readonly time: number | undefined;
  readonly to: string;
  readonly toNamespace: string | undefined;
  readonly way: 'opsrequest' | 'cluster';
  readonly volumeRestorePolicy: 'Parallel' | 'Serial' | undefined;
  readonly deferPostReady: boolean;
  readonly parameters: readonly Parameter[];
  readonly env: readonly Parameter[];
  readonly components: Readonly<Record<string, ComponentChange>>;
  /** Leaves the components out that would start empty. */
  readonly only: boolean;
  /** Names of backups of other components. */
  readonly also: readonly string[];
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** A dump to read instead of a cluster; `-` is standard input. */
  readonly from: string | undefined;
  /** When the dump was made, ms since the epoch. */
  readonly now: number | undefined;
  /** The line of KubeBlocks that is spoken; with a cluster it is found out. */
  readonly line: KubeBlocksLine | undefined;
  readonly output: 'text' | 'json' | 'yaml' | 'md';
}

export const PLAN_HELP = `kubeblocks-backup plan restore [options] --backup BACKUP --to NAME

Says what a restore would read, create, need and leave out, and what is wrong with it. Creates nothing. Into volume claims
instead of a new cluster: kubeblocks-backup plan volumes --help.

Options:
  --backup BACKUP        the backup to restore; for an instant, the log backup
  -n, --namespace NS     its namespace (default: the context's; in a dump, the only one that has the backup)
  --time TIME            the instant, for a log backup: 2026-11-23T11:58:00Z, with any offset
  --to NAME              the new cluster
  --to-namespace NS      its namespace (default: the backup's)
  --way WAY              opsrequest (default), or cluster: the Cluster is written here, by annotation up to KubeBlocks 1.1,
                         with spec.restore on 1.2
  --set COMPONENT.FIELD=VALUE
                         with --way cluster, changes replicas, serviceVersion, storageClass, storage or name; repeatable
  --also BACKUP          with --way cluster up to KubeBlocks 1.1: a backup of another component, restored with it; repeatable
  --only                 with --way cluster, leaves out the components that would start empty: a single component of
                         several, with those that --also names
  --parameter NAME=VALUE a parameter of the action set; repeatable
  --env NAME=VALUE       a variable for the restore jobs; repeatable
  --volume-restore-policy POLICY
                         Parallel or Serial (default Parallel)
  --defer-post-ready     run the steps after the start once the whole cluster is Running
  --kubeconfig FILE      the kubeconfig to use (default: what kubectl uses)
  --context CONTEXT      the context of it (default: its current one)
  --from FILE            read a dump instead of a cluster, - for standard input:
                         kubectl get backups,backupschedules,actionsets,backuppolicies,backuprepos,clusters,restores,\\
                           opsrequests,storageclasses,volumesnapshotclasses,componentdefinitions,componentversions,\\
                           resourcequotas,namespaces -A -o yaml (or json). What is not in it is not known, and said so.
  --now TIME             with --from: when the dump was made (default: now)
  --kubeblocks LINE      with --from: ${LINES.join(', ')} (default 1.0)
  -o, --output FORMAT    text, json, yaml (manifests to apply) or md (a runbook) (default text)
  --help                 this text

JSON has findings, reads, creates, notRestored, steps, manifests and a hash, which is the same as long as the plan is.

Exits with 0 where nothing forbids the restore, 1 where something does, 2 where no plan could be made.
`;

/** Throws `UsageError` with one sentence that names the option. */
export function parsePlanArguments(args: readonly string[]): PlanArguments {
  const { values, positionals } = parse(args);
  const { help } = values;
  if (!help && (positionals.length !== 1 || positionals[0] !== 'restore')) throw new UsageError('Only a restore can be planned: kubeblocks-backup plan restore --backup BACKUP --to NAME, or plan volumes --backup BACKUP.');
  if (!help && (values.backup ?? '') === '') throw new UsageError('--backup: give the backup to restore.');
  if (!help && (values.to ?? '') === '') throw new UsageError('--to: give a name for the new cluster.');
  return {
    help,
    backup: values.backup ?? '',
    namespace: values.namespace,
    time: instantOf('--time', values.time),
    to: values.to ?? '',
    toNamespace: values['to-namespace'],
    way: oneOf('--way', values.way, ['opsrequest', 'cluster']),
    volumeRestorePolicy: values['volume-restore-policy'] === undefined ? undefined : oneOf('--volume-restore-policy', values['volume-restore-policy'], POLICIES),
    deferPostReady: values['defer-post-ready'],
    parameters: values.parameter.map((text) => pairOf('--parameter', text)),
    env: values.env.map((text) => pairOf('--env', text)),
    components: changesOf(values.set),
    also: values.also,
    only: values.only,
    ...sourceOf(values),
    output: oneOf('--output', values.output, ['text', 'json', 'yaml', 'md']),
  };
}

/** Says from where a plan takes what it knows: a cluster, or a dump of one. */
export const SOURCE_OPTIONS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  from: { type: 'string' },
  now: { type: 'string' },
  kubeblocks: { type: 'string' },
} as const;

/** Throws `UsageError` where options for a cluster and for a dump are given together. */
export function sourceOf({ kubeconfig, context, from, now, kubeblocks }: { readonly [Option in keyof typeof SOURCE_OPTIONS]?: string | undefined }): Pick<PlanArguments, 'kubeconfig' | 'context' | 'from' | 'now' | 'line'> {
  checkSource({ kubeconfig, context, from, now });
  if (from === undefined && kubeblocks !== undefined) throw new UsageError('--kubeblocks: a cluster says itself which KubeBlocks it runs; it is for a dump, with --from.');
  return { kubeconfig, context, from, now: instantOf('--now', now), line: kubeblocks === undefined ? undefined : oneOf('--kubeblocks', kubeblocks, LINES) };
}

export function pairOf(option: string, text: string): Parameter {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`${option}: "${text}" is not NAME=VALUE.`);
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function changesOf(texts: readonly string[]): Readonly<Record<string, ComponentChange>> {
  const changes: Record<string, ComponentChange> = {};
  for (const text of texts) {
    const [, component = '', field = '', value = ''] = /^(.+)\.([A-Za-z]+)=(.+)$/s.exec(text) ?? [];
    const change = field === 'replicas' ? { replicas: Number(value) } : FIELDS.includes(field) ? { [field]: value } : undefined;
    if (change === undefined) throw new UsageError(`--set: "${text}" is not COMPONENT.FIELD=VALUE with one of replicas, ${FIELDS.join(', ')}.`);
    changes[component] = { ...changes[component], ...change };
  }
  return changes;
}

export const POLICIES = ['Parallel', 'Serial'] as const;
const FIELDS: readonly string[] = ['serviceVersion', 'storageClass', 'storage', 'name'];

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        backup: { type: 'string' },
        namespace: { type: 'string', short: 'n' },
        time: { type: 'string' },
        to: { type: 'string' },
        'to-namespace': { type: 'string' },
        way: { type: 'string', default: 'opsrequest' },
        set: { type: 'string', multiple: true, default: [] },
        also: { type: 'string', multiple: true, default: [] },
        only: { type: 'boolean', default: false },
        parameter: { type: 'string', multiple: true, default: [] },
        env: { type: 'string', multiple: true, default: [] },
        'volume-restore-policy': { type: 'string' },
        'defer-post-ready': { type: 'boolean', default: false },
        ...SOURCE_OPTIONS,
        output: { type: 'string', default: 'text', short: 'o' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }),
  );
}
