import * as l10n from '@vscode/l10n';
import { PROMISED_CAPABILITIES, type Capability } from './engineMatrix';
import type { CapabilityRow } from './capabilities';

/** The table of the introduction to backup and restore in KubeBlocks' documentation: a letter a column, `x` for a tick. */
const PAGE = {
  postgresql: 'xxxxxxxx',
  'apecloud-mysql': 'x-xxxxxx',
  mongodb: 'xxxxxxxx',
  redis: 'x-xx-x-x',
  prometheus: 'x-x--x--',
  nebula: 'x-x--x--',
  milvus: 'x-x--x--',
  qdrant: 'x-x--x--',
  weaviate: 'x-x--x--',
} as const;

/** Its nine engines by the names of their add-ons, in its order. */
export const PROMISED_ADDONS: readonly string[] = Object.keys(PAGE);

/** What the page says; undefined for engines and columns that it does not have. */
export function isPromised(addon: string, of: Capability): boolean | undefined {
  const cells = Object.hasOwn(PAGE, addon) ? PAGE[addon as keyof typeof PAGE] : undefined;
  const column = PROMISED_CAPABILITIES.indexOf(of);
  return cells === undefined || column < 0 ? undefined : cells[column] === 'x';
}

/** A cell in which today is not as the page says. */
export interface Difference {
  readonly row: CapabilityRow;
  readonly capability: Capability;
  readonly promised: boolean;
  readonly why: string;
}

export function differences(rows: readonly CapabilityRow[]): readonly Difference[] {
  return rows.flatMap((row) =>
    row.cells.flatMap(({ capability, methods, reason }) => {
      const promised = isPromised(row.row.addon, capability);
      const has = methods.length > 0;
      if (promised === undefined || promised === has) return [];
      const names = methods.map(({ name }) => name).join(', ');
      return [{ row, capability, promised, why: reason ?? gained(row.row.addon, capability, names) }];
    }),
  );
}

function gained(addon: string, of: Capability, names: string): string {
  return addon === 'apecloud-mysql' && of === 'realTime'
    ? l10n.t('When the page was written a CronJob archived the log; today {0} runs all the time.', names)
    : l10n.t('Since the page was written the add-on got its method {0}.', names);
}
