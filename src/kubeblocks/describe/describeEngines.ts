import * as l10n from '@vscode/l10n';
import { addonManifest, hasAddonManifest, isWithoutAddon } from '../addonManifest';
import { capabilityRows, matrixLine, type CapabilityRow } from '../capabilities';
import { capabilityMeaning, capabilityName } from '../capabilityText';
import { indexClusters } from '../clusterIndex';
import { engineOf, engineWords } from '../engine';
import { CAPABILITIES, NEWER_CAPABILITIES, PROMISED_CAPABILITIES, type Capability, type Cell } from '../engineMatrix';
import { differences, isPromised } from '../introduction';
import type { Inventory } from '../inventory';
import type { KubeBlocksLine } from '../kinds';
import { facts, page, table, type Page, type Section } from './page';

const YES = '✓';
const NO = '✗';

/** What each engine can back up: derived from the connected cluster, else from the add-ons of the chosen line. */
export function describeEngines(inventory: Inventory | undefined, chosen: KubeBlocksLine | undefined): Page {
  const line = matrixLine(inventory?.line ?? chosen);
  const rows = capabilityRows(inventory, line);
  return page(l10n.t('What each engine can back up'), summary(inventory, inventory?.line ?? chosen, line), [
    table(l10n.t('The capabilities of the introduction page'), [l10n.t('Engine'), ...PROMISED_CAPABILITIES.map(capabilityName)], rows.map((row) => [row.name, ...PROMISED_CAPABILITIES.map((of) => mark(row, of))])),
    table(l10n.t('What came later'), [l10n.t('Engine'), ...NEWER_CAPABILITIES.map(capabilityName)], rows.map((row) => [row.name, ...NEWER_CAPABILITIES.map((of) => mark(row, of))])),
    differenceTable(rows),
    missingList(rows, line),
    unprotectedList(inventory),
    { kind: 'list', heading: l10n.t('What the columns mean'), items: CAPABILITIES.map(capabilityMeaning) },
    ...rows.map(rowSection),
  ]);
}

function summary(inventory: Inventory | undefined, asked: KubeBlocksLine | undefined, line: KubeBlocksLine): string {
  const parts = [
    inventory === undefined ? l10n.t('no cluster is connected') : inventory.context,
    asked === undefined || asked === line ? `KubeBlocks ${line}` : l10n.t('the add-ons of KubeBlocks {0} are not known; those of {1} are shown', asked, line),
    ...(inventory?.simulated === true ? [l10n.t('simulated')] : []),
    ...(inventory === undefined ? [] : unseen(inventory)),
  ];
  return parts.join(' · ');
}

/** Rows of what may not be listed are the add-ons' own, not the cluster's. */
function unseen({ clusters, policies, actionSets }: Inventory): string[] {
  const lists = [
    [clusters.state.state, l10n.t('clusters')],
    [policies.state.state, l10n.t('policies')],
    [actionSets.state.state, l10n.t('action sets')],
  ] as const;
  const missing = lists.filter(([state]) => state !== 'ready').map(([, name]) => name);
  return missing.length === 0 ? [] : [l10n.t('not seen here: {0}', missing.join(', '))];
}

function cellOf(row: CapabilityRow, of: Capability): Cell | undefined {
  return row.cells.find(({ capability }) => capability === of);
}

function mark(row: CapabilityRow, of: Capability): string {
  const has = (cellOf(row, of)?.methods.length ?? 0) > 0;
  const promised = isPromised(row.row.addon, of);
  const today = has ? YES : NO;
  return promised === undefined || promised === has ? today : l10n.t('{0} (page: {1})', today, promised ? YES : NO);
}

function differenceTable(rows: readonly CapabilityRow[]): Section | undefined {
  return table(
    l10n.t('Where today differs from the introduction page'),
    [l10n.t('Engine'), l10n.t('Capability'), l10n.t('Page'), l10n.t('Today'), l10n.t('Why')],
    differences(rows).map(({ row, capability, promised, why }) => [row.name, capabilityName(capability), promised ? YES : NO, promised ? NO : YES, why]),
  );
}

function missingList(rows: readonly CapabilityRow[], line: KubeBlocksLine): Section | undefined {
  const items = rows.filter(({ row }) => isWithoutAddon(row)).map((each) => missingText(each, line));
  return items.length === 0 ? undefined : { kind: 'list', heading: l10n.t('Add-ons that KubeBlocks does not have'), items };
}

function missingText({ name, row, source }: CapabilityRow, line: KubeBlocksLine): string {
  const offer = hasAddonManifest(row) && addonManifest(row, line) !== undefined;
  const cure = offer ? l10n.t('The command Show Add-on Manifest shows one that can be applied as it is.') : l10n.t('None can be shown for KubeBlocks {0}.', line);
  return source.kind === 'live' ? l10n.t('{0}: KubeBlocks has no add-on that backs it up; the one here is this cluster\'s own. {1}', name, cure) : l10n.t('{0}: KubeBlocks has no add-on that backs it up. {1}', name, cure);
}

/** Databases whose components no policy template fits: nothing can back them up. */
function unprotectedList(inventory: Inventory | undefined): Section | undefined {
  if (inventory?.policies.state.state !== 'ready') return undefined;
  const without = [...indexClusters(inventory).entries.values()].flatMap(({ cluster, policies, namespace, name }) => (cluster?.status?.phase === 'Running' && policies.length === 0 ? [l10n.t('{0} in {1}: {2}', name, namespace, engineWords(engineOf(cluster)))] : []));
  return without.length === 0 ? undefined : { kind: 'list', heading: l10n.t('Databases without a backup policy: no template fits their components'), items: without };
}

function rowSection(row: CapabilityRow): Section | undefined {
  const heading = row.source.kind === 'live' ? l10n.t('{0}, by policy {1}', row.name, row.source.policies.join(', ')) : l10n.t('{0}, as the add-on of KubeBlocks {1} comes', row.name, row.source.line);
  const topologies: readonly [string, string] = [l10n.t('Topologies'), row.row.topologies.join(', ')];
  const cells = row.cells.map(({ capability, methods, reason }): readonly [string, string] => [
    capabilityName(capability),
    methods.length > 0 ? `${YES} ${methods.map(({ name }) => name).join(', ')}` : `${NO} ${reason ?? ''}`,
  ]);
  const broken: readonly [string, string] = [l10n.t('Gives nothing'), row.broken.join(' ')];
  return facts(heading, [topologies, ...cells, broken]);
}
