import { capabilityName } from '../../../src/kubeblocks/capabilityText';
import { PROMISED_CAPABILITIES } from '../../../src/kubeblocks/engineMatrix';
import { RESTORES, type Ran, type Restored } from './engineJourney';

/** Engines by capabilities: the methods that were run, a cross for an offer that is absent. */
export function ranTable(where: string, ran: ReadonlyMap<string, Ran>): string {
  return tableOf([[where, ...PROMISED_CAPABILITIES.map(capabilityName)], ...[...ran].map(([row, result]) => [row, ...PROMISED_CAPABILITIES.map((of) => result[of] ?? '✗')])]);
}

/** Engines by ways of restoring: the methods that were restored from. */
export function restoredTable(where: string, restored: ReadonlyMap<string, Restored>): string {
  return tableOf([[where, ...RESTORES], ...[...restored].map(([row, result]) => [row, ...RESTORES.map((of) => result[of] ?? '✗')])]);
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).slice(0, -1).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
