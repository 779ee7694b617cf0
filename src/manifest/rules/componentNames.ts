import type { RuleContext } from './ruleContext';

/**
 * The components and shardings that a Cluster will have; undefined where that cannot be told, because none is written or a
 * cluster definition's topology adds its own (`buildCompSpecs4Topology` of `controllers/apps/cluster`).
 */
export function componentNames({ spec }: RuleContext): readonly string[] | undefined {
  const names = ['componentSpecs', 'shardings', 'shardingSpecs'].flatMap((list) => spec.at(list).items.map((item) => item.at('name').text)).filter((name) => name !== undefined);
  const isOpen = ['clusterDef', 'clusterDefinitionRef', 'topology'].some((key) => spec.at(key).isWritten);
  return names.length === 0 || isOpen ? undefined : names;
}
