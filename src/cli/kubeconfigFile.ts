import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { parse } from 'yaml';
import { PLAYGROUND_CONTEXT } from '../playground/kubeconfig';
import { UsageError } from './usageError';

export interface KubeconfigFile {
  readonly file: string;
  /** Takes the file away, unless something else was written there since. */
  readonly remove: () => void;
}

const OWNER_ONLY = 0o600;

/** Writes the playground's kubeconfig for its owner alone. Throws `UsageError` where it cannot, or may not, be written. */
export function writeKubeconfig(name: string, text: string): KubeconfigFile {
  const file = resolve(name);
  if (holdsOtherClusters(file)) {
    throw new UsageError(l10n.t('The kubeconfig cannot be written: {0} holds something else. Give another file with --kubeconfig.', file));
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: OWNER_ONLY });
    chmodSync(file, OWNER_ONLY);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(l10n.t('The kubeconfig cannot be written: {0}. Give another file with --kubeconfig.', why));
  }
  return { file, remove: () => removeIfSame(file, text) };
}

/** Somebody's own kubeconfig, or a file that is none at all: its contents are not ours to lose. */
function holdsOtherClusters(file: string): boolean {
  try {
    if (!existsSync(file)) return false;
    const text = readFileSync(file, 'utf8');
    if (text.trim() === '') return false;
    const { contexts } = parse(text) as { readonly contexts?: readonly { readonly name?: unknown }[] };
    return contexts?.some(({ name }) => !isOurs(name)) ?? true;
  } catch (error) {
    // A folder, or no right to read: writing says why.
    return !(error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('E'));
  }
}

function isOurs(context: unknown): boolean {
  return typeof context === 'string' && (context === PLAYGROUND_CONTEXT || context.startsWith(`${PLAYGROUND_CONTEXT}-`));
}

function removeIfSame(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) rmSync(file);
  } catch {
    // It is gone, or not ours any more.
  }
}
