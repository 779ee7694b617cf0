import type { Backup, BackupSchedule } from '../../kubeblocks/objects';
import { LABELS } from '../../kubeblocks/labels';
import type { Fact } from './facts';
import { grouped } from './grouped';

/** By what objects are looked for besides their name. The same index is the same object: lists remember what they found by it. */
export interface FactIndex {
  /** Undefined for an object that is not found by it. */
  readonly valueOf: (object: Fact['object']) => unknown;
}

/** The cluster that a label names. */
export const BY_CLUSTER: FactIndex = { valueOf: ({ metadata }) => metadata.labels?.[LABELS.instance] };

/** The policy of a Backup or a BackupSchedule. */
export const BY_POLICY: FactIndex = { valueOf: (object) => (object as Backup | BackupSchedule).spec?.backupPolicyName };

const known = new WeakMap<readonly Fact[], Map<FactIndex, ReadonlyMap<unknown, readonly Fact[]>>>();

/** The facts of a list that have this value. The list is looked through once for each index. */
export function indexed(list: readonly Fact[], by: FactIndex, value: string): readonly Fact[] {
  const before = known.get(list);
  const index = before?.get(by) ?? grouped(list, ({ object }) => by.valueOf(object));
  if (before === undefined) known.set(list, new Map([[by, index]]));
  else before.set(by, index);
  return index.get(value) ?? NO_FACTS;
}

const NO_FACTS: readonly Fact[] = [];
