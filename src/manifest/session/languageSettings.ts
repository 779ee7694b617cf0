import type { Severity } from '../../kubeblocks/finding';
import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';

const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];

/** `get` of a configuration: values as people wrote them. */
export type ReadSetting = (key: string) => unknown;

/** Where the line that a document is judged by comes from. */
export interface SpokenLine {
  readonly line: KubeBlocksLine;
  readonly from: 'setting' | 'cluster' | 'newest';
}

/** By `kubeblocksBackup.kubeblocksVersion`; `auto` (and what is no line) means the connected cluster's, else the newest. */
export function spokenLine(read: ReadSetting, connected: KubeBlocksLine | undefined): SpokenLine {
  const chosen = LINES.find((line) => line === read('kubeblocksVersion'));
  if (chosen !== undefined) return { line: chosen, from: 'setting' };
  return connected === undefined ? { line: LINES[LINES.length - 1] ?? '1.2', from: 'newest' } : { line: connected, from: 'cluster' };
}

/** `kubeblocksBackup.rules` by code, without what is no severity. */
export function ruleSeverities(read: ReadSetting): Readonly<Record<string, Severity | 'off'>> {
  const value = read('rules');
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).flatMap(([code, severity]): [string, Severity | 'off'][] => {
      const known = SEVERITIES.find((each) => each === severity);
      return known === undefined ? [] : [[code, known]];
    }),
  );
}
