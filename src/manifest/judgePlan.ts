import type { Inventory } from '../kubeblocks/inventory';
import type { PlannedRestore } from '../kubeblocks/plannedRestore';
import type { RestoreSurroundings } from '../kubeblocks/restoreSurroundings';
import type { Dialect } from './dialect';
import type { FactKind, FactList, FactSource } from './facts/facts';
import { inventoryFacts } from './facts/inventoryFacts';
import { planFindings } from './planFindings';

/** The plan with what the rules for manifests say of what it would create, beside what it says itself. */
export function judgedPlan<P extends PlannedRestore>(plan: P, inventory: Inventory, around: RestoreSurroundings, dialect: Dialect): P {
  const facts = [inventoryFacts(inventory), surroundingFacts(around, inventory.context)];
  const more = planFindings({ objects: [plan.object], before: [], findings: plan.findings }, facts, dialect, SAID_ELSEWHERE);
  return { ...plan, findings: [...plan.findings, ...more] };
}

/** What is not carried over has a part of the plan of its own. */
const SAID_ELSEWHERE = ['KB-T013'];

const KINDS: ReadonlySet<FactKind> = new Set(['ComponentDefinition', 'VolumeSnapshotClass']);

function surroundingFacts({ lists }: RestoreSurroundings, context: string): FactSource {
  const origin = { kind: 'cluster', name: context } as const;
  return {
    origin,
    list(kind): FactList | undefined {
      const list = KINDS.has(kind) ? lists[kind as 'ComponentDefinition' | 'VolumeSnapshotClass'] : undefined;
      return list === undefined || 'why' in list ? undefined : { facts: list.items.map((object) => ({ object, origin })), complete: true };
    },
  };
}
