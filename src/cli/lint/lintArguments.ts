import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { Severity } from '../../kubeblocks/finding';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import { oneOf } from '../readArguments';
import { UsageError, orUsageError } from '../usageError';
import { FORMATS, type LintFormat } from './formats';

export interface LintArguments {
  readonly help: boolean;
  /** Undefined: that of the cluster, else 1.0. */
  readonly line: KubeBlocksLine | undefined;
  /** Whether a cluster is asked, too. */
  readonly live: boolean;
  /** Of the kubeconfig; the current one where it is not given. */
  readonly context: string | undefined;
  readonly format: LintFormat;
  readonly failOn: Severity;
  readonly baseline: string | undefined;
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
export const DEFAULT_LINE: KubeBlocksLine = '1.0';

export const LINT_HELP = `kubeblocks-backup lint [options] PATH…

Says what the API server and the KubeBlocks controllers would find wrong in manifests. PATH is a file, a folder (its
.yaml and .yml files), or - for standard input.

Options:
  --kubeblocks LINE   KubeBlocks line: ${LINES.join(', ')} (default ${DEFAULT_LINE}, with --live that of the cluster)
  --format FORMAT     ${FORMATS.join(', ')} (default text)
  --fail-on SEVERITY  ${SEVERITIES.join(', ')}: exit with 1 from this severity on (default error)
  --baseline FILE     leave out what FILE, the JSON output of an earlier run, holds already
  --live              ask a cluster what it holds and which fields it has, as kubectl would find it; nothing in it is changed
  --context NAME      with --live: the context of the kubeconfig (default the current one)
  --help              this text

Exits with 0 where nothing was found at or above --fail-on, 1 where something was, 2 where it could not run.
`;

/** Throws `UsageError` with one sentence that names the option. */
export function parseLintArguments(args: readonly string[]): LintArguments {
  const { values, positionals } = parse(args);
  if (values.context !== undefined && !values.live) throw new UsageError(l10n.t('--context: names the cluster of --live, which is not given.'));
  if (positionals.length === 0 && !values.help) throw new UsageError(l10n.t('PATH: give a file, a folder, or - for standard input.'));
  return {
    help: values.help,
    line: values.kubeblocks === undefined ? undefined : oneOf('--kubeblocks', values.kubeblocks, LINES),
    live: values.live,
    context: values.context,
    format: oneOf('--format', values.format, FORMATS),
    failOn: oneOf('--fail-on', values['fail-on'], SEVERITIES),
    baseline: values.baseline,
    paths: positionals,
  };
}

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kubeblocks: { type: 'string' },
        live: { type: 'boolean', default: false },
        context: { type: 'string' },
        format: { type: 'string', default: 'text' },
        'fail-on': { type: 'string', default: 'error' },
        baseline: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }),
  );
}
