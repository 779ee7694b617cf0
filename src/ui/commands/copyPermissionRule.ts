import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import type { Collection, CollectionName, Inventory } from '../../kubeblocks/inventory';
import type { KubeObject } from '../../kubeblocks/objects';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Permission } from '../views/treeNode';
import { simple } from './command';
import { notify } from './notify';
import { requireInventory } from './pickObject';

/** Puts a role that allows what was refused on the clipboard, to be sent to whoever manages the cluster. */
export const copyPermissionRule = simple(async (app, { permission, argument }) => {
  const manifest = manifestIn(argument) ?? (await manifestFor(app, permission));
  await app.copy(manifest);
  notify(app, 'info', l10n.t('Copied a role that allows it. Send it to whoever manages this cluster.'), []);
});

/** A failed command hands the rule over ready-made. */
function manifestIn(argument: unknown): string | undefined {
  const manifest = typeof argument === 'object' && argument !== null ? (argument as { manifest?: unknown }).manifest : undefined;
  return typeof manifest === 'string' ? manifest : undefined;
}

async function manifestFor(app: App, permission: Permission | undefined): Promise<string> {
  const missing = permission === undefined ? refusedIn(await requireEveryList(app)) : [permission];
  if (missing.length === 0) {
    throw new CommandError(l10n.t('There is no rule to ask for: everything that was asked was allowed.'));
  }
  return rulesFor(missing);
}

/** The inventory once every list was read or refused: before that nobody knows what is missing. */
async function requireEveryList(app: App): Promise<Inventory> {
  return requireInventory(app, listsOf(await requireInventory(app, [])).map(([name]) => name));
}

/** Every list that was refused. */
export function refusedIn(inventory: Inventory): readonly Permission[] {
  return listsOf(inventory).flatMap(([, { state }]) => (state.state === 'forbidden' ? [state] : []));
}

function listsOf(inventory: Inventory): readonly (readonly [CollectionName, Collection<KubeObject>])[] {
  return (Object.entries(inventory) as [string, unknown][]).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && 'items' in value ? [[name as CollectionName, value as Collection<KubeObject>]] : [],
  );
}

/** A Role where one namespace is meant, else a ClusterRole; reading takes get, list and watch together. */
export function rulesFor(missing: readonly Permission[]): string {
  const namespace = missing.length === 1 ? missing[0]?.namespace : undefined;
  const rules = missing.map(({ verb, resource, group }) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: ['get', 'list', 'watch'].includes(verb) ? ['get', 'list', 'watch'] : [verb],
  }));
  return stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    metadata: { name: 'kubeblocks-backup-user', ...(namespace === undefined ? {} : { namespace }) },
    rules,
  });
}
