import { parseArgs } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { KubeBlocksLine } from '../kubeblocks/kinds';
import { HIGHEST_SPEED } from '../playground/runtime/clock';
import { UsageError, orUsageError } from './usageError';

export interface PlaygroundArguments {
  readonly help: boolean;
  readonly port: number;
  /** Where to write the kubeconfig; undefined puts it into the ready line alone. */
  readonly kubeconfig: string | undefined;
  readonly line: KubeBlocksLine;
  readonly speed: number;
  readonly seed: number;
  readonly empty: boolean;
  readonly users: boolean;
}

/** The lines whose controllers the playground imitates so far. */
const PLAYGROUND_LINES: readonly KubeBlocksLine[] = ['0.9', '1.0', '1.2'];
const HIGHEST_PORT = 65_535;

export const PLAYGROUND_HELP = `kubeblocks-backup playground [options]

Runs a simulated KubeBlocks cluster on 127.0.0.1 until it is interrupted, and prints one line of JSON when it is ready:
{"address": …, "kubeconfig": …}

Options:
  --port N             port to listen on; 0 takes a free one (default 0)
  --kubeconfig FILE    write a kubeconfig for it to FILE
  --kubeblocks LINE    KubeBlocks line to imitate: ${PLAYGROUND_LINES.join(', ')} (default 1.0)
  --speed X            playground seconds per second; 0 stands still (default 1)
  --seed N             same seed, same names and sizes (default 1)
  --empty              without sample clusters
  --users              contexts of a viewer, a developer and nobody besides
  --help               this text
`;

/** Throws `UsageError` with one sentence that names the option. */
export function parsePlaygroundArguments(args: readonly string[]): PlaygroundArguments {
  const values = parse(args);
  const line = PLAYGROUND_LINES.find((known) => known === values.kubeblocks);
  if (line === undefined) throw new UsageError(l10n.t('--kubeblocks: "{0}" is not imitated. Known: {1}.', values.kubeblocks, PLAYGROUND_LINES.join(', ')));
  if (values.kubeconfig === '') throw new UsageError(l10n.t('--kubeconfig: a file name is needed.'));
  const port = numberOf('--port', values.port);
  if (!Number.isInteger(port) || port > HIGHEST_PORT) throw new UsageError(l10n.t('--port: {0} is no port. Give 0 to {1}.', values.port, String(HIGHEST_PORT)));
  const seed = numberOf('--seed', values.seed);
  if (!Number.isInteger(seed)) throw new UsageError(l10n.t('--seed: {0} is not a whole number.', values.seed));
  const speed = numberOf('--speed', values.speed);
  if (speed > HIGHEST_SPEED) throw new UsageError(l10n.t('--speed: {0} is too fast. Give 0 to {1}.', values.speed, String(HIGHEST_SPEED)));
  return {
    help: values.help,
    port,
    kubeconfig: values.kubeconfig,
    line,
    speed,
    seed,
    empty: values.empty,
    users: values.users,
  };
}

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        port: { type: 'string', default: '0' },
        kubeconfig: { type: 'string' },
        kubeblocks: { type: 'string', default: '1.0' },
        speed: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        empty: { type: 'boolean', default: false },
        users: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values,
  );
}

function numberOf(option: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new UsageError(l10n.t('{0}: "{1}" is not a number of 0 or more.', option, text));
}
