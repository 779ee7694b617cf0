import type { CollectionName, Inventory, ListState } from '../../src/kubeblocks/inventory';

/** The kinds that views are made of. */
export const SEEN_KINDS = ['clusters', 'backups', 'policies', 'schedules', 'repos', 'actionSets', 'restores', 'opsRequests'] as const satisfies readonly CollectionName[];

/** What a user sees of each kind: read `everywhere`, in a namespace, or what is missing: `may not list backups`. */
export type SeenLists = Readonly<Record<(typeof SEEN_KINDS)[number], string>>;

/** Every kind in the same way. */
export function seenAlike(how: string): SeenLists {
  return { clusters: how, backups: how, policies: how, schedules: how, repos: how, actionSets: how, restores: how, opsRequests: how };
}

export function isEveryListKnown(inventory: Inventory): boolean {
  return SEEN_KINDS.every((name) => inventory[name].state.state !== 'loading');
}

export function seenLists(inventory: Inventory): SeenLists {
  const { clusters, backups, policies, schedules, repos, actionSets, restores, opsRequests } = inventory;
  return {
    clusters: words(clusters.state),
    backups: words(backups.state),
    policies: words(policies.state),
    schedules: words(schedules.state),
    repos: words(repos.state),
    actionSets: words(actionSets.state),
    restores: words(restores.state),
    opsRequests: words(opsRequests.state),
  };
}

function words(state: ListState): string {
  switch (state.state) {
    case 'ready':
      return state.namespace === undefined ? 'everywhere' : `in ${state.namespace}`;
    case 'forbidden':
      return `may not ${state.verb} ${state.resource}`;
    default:
      return state.state;
  }
}
