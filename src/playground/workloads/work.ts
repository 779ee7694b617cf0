import type { KubeObject } from '../../kubeblocks/objects';
import type { FaultName, World } from '../world';

/** What the containers of a worker pod do once they run. Planned once per pod, from seeded random. */
export interface Work {
  /** How long they run; undefined means for ever. */
  readonly runMs: number | undefined;
  readonly exitCode: number;
  /** Container → lines, written as the run goes on. */
  readonly log: Readonly<Record<string, readonly string[]>>;
  /** Done while they still run. */
  readonly midway?: { readonly atMs: number; readonly act: () => void };
}

/** A fault hits a pod, claim or snapshot when it has no target, or names it, its backup, its restore or its cluster. */
export function isFaulty(world: World, fault: FaultName, { metadata }: KubeObject): boolean {
  const labels = metadata.labels ?? {};
  const names = [
    metadata.name,
    labels['dataprotection.kubeblocks.io/backup-name'],
    labels['dataprotection.kubeblocks.io/backup-repo-name'],
    labels['dataprotection.kubeblocks.io/restore'],
    labels['app.kubernetes.io/instance'],
  ];
  return names.some((name) => name !== undefined && world.faults.isOn(fault, name));
}

export function faultLog(world: World, fault: FaultName, otherwise: string): readonly string[] {
  return (world.faults.detail(fault) ?? otherwise).split('\n').filter((line) => line !== '');
}

export function between(world: World, least: number, most: number): number {
  return Math.round(least + world.random.next() * (most - least));
}
