import { capabilityName } from '../../../src/kubeblocks/capabilityText';
import { PROMISED_CAPABILITIES } from '../../../src/kubeblocks/engineMatrix';
import type { Ran } from './engineJourney';

/** Engines by capabilities: the methods that were run, a cross for an offer that is absent. */
export function ranTable(where: string, ran: ReadonlyMap<string, Ran>): string {
  const rows = [[where, ...PROMISED_CAPABILITIES.map(capabilityName)], ...[...ran].map(([row, result]) => [row, ...PROMISED_CAPABILITIES.map((of) => result[of] ?? '✗')])];
  const widths = PROMISED_CAPABILITIES.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
