import type { PlanFinding } from './finding';
import type { AnyObject } from './objects';
import type { Resource } from './resource';

/** What the plan of any restore has, into a new cluster or into volumes. */
export interface PlannedRestore {
  /** What is created to ask for it. */
  readonly resource: Resource;
  readonly object: AnyObject;
  /** What gets the data: a new cluster, or claims or a cluster that are there, by their names. */
  readonly target: { readonly namespace: string; readonly name: string };
  readonly findings: readonly PlanFinding[];
}
