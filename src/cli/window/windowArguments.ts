import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import { checkSource, instantOf, oneOf } from '../readArguments';
import { UsageError, orUsageError } from '../usageError';

export interface WindowArguments {
  readonly help: boolean;
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** A dump to read instead of a cluster; `-` is standard input. */
  readonly from: string | undefined;
  /** When the dump was made, ms since the epoch. */
  readonly now: number | undefined;
  readonly output: 'text' | 'json';
}

export const WINDOW_HELP = `kubeblocks-backup window [options] CLUSTER

Says to which instants a cluster can really be restored, which cannot be reached and which nothing is known of, and why.

Options:
  --kubeconfig FILE      the kubeconfig to use (default: what kubectl uses)
  --context CONTEXT      the context of it (default: its current one)
  -n, --namespace NS     the cluster's namespace (default: the context's; in a dump, the only one that has the cluster)
  --from FILE            read a dump instead of a cluster, - for standard input:
                         kubectl get backups,backupschedules,actionsets,backuppolicies -A -o yaml (or json)
  --now TIME             with --from: when the dump was made, as 2026-11-23T12:00:00Z (default: now)
  -o, --output FORMAT    text or json (default text)
  --help                 this text

JSON has segments, unreachable and unknown, each a list of {start, end, why, component, log, base}: RFC 3339 in UTC, whole
seconds, both ends included.

Exits with 0 where it could be said, 1 where not (no such cluster, no connection, no right), 2 when called the wrong way.
`;

/** Throws `UsageError` with one sentence that names the option. */
export function parseWindowArguments(args: readonly string[]): WindowArguments {
  const { values, positionals } = parse(args);
  const [cluster = '', ...more] = positionals;
  if (!values.help && (cluster === '' || more.length > 0)) throw new UsageError(l10n.t('CLUSTER: give the name of one cluster.'));
  const { from, output, kubeconfig, context } = values;
  checkSource(values);
  return { help: values.help, cluster, namespace: values.namespace, kubeconfig, context, from, now: instantOf('--now', values.now), output: oneOf('--output', output, ['text', 'json']) };
}

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        namespace: { type: 'string', short: 'n' },
        from: { type: 'string' },
        now: { type: 'string' },
        output: { type: 'string', default: 'text', short: 'o' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }),
  );
}
