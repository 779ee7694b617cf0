import * as l10n from '@vscode/l10n';
import { qualifiedName, type Resource } from '../kubeblocks/resource';
import { SURROUNDING_RESOURCES, type RestoreSurroundings, type SurroundingKind, type SurroundingList } from '../kubeblocks/restoreSurroundings';
import type { AnyObject } from '../kubeblocks/objects';
import { ApiError, type KubernetesApi } from '../kubernetes/api';
import { reviewRights, type Rights } from '../kubernetes/rights';

/** Asks the cluster once what is around a restore. What may not be read is not known, and the plan says so. */
export async function readSurroundings(api: Pick<KubernetesApi, 'get' | 'listPages' | 'create'>, { source, target }: { readonly source: string; readonly target: string }, signal?: AbortSignal): Promise<RestoreSurroundings> {
  const namespaces = [...new Set([target, source])];
  // A signal of its own each: many listeners on one look like a leak.
  const options = (): { readonly signal?: AbortSignal } => (signal === undefined ? {} : { signal: AbortSignal.any([signal]) });
  const kinds = (Object.keys(SURROUNDING_RESOURCES) as SurroundingKind[]).filter((kind) => kind !== 'Namespace');
  const [lists, namespace, rights] = await Promise.all([
    Promise.all(kinds.map(async (kind) => [kind, await known(() => listAll(api, SURROUNDING_RESOURCES[kind], kind === 'ResourceQuota' ? target : undefined, options()))] as const)),
    known(() => namespaceNamed(api, target, options())),
    Promise.all(namespaces.map(async (each) => [each, await reviewRights(api, each, options().signal).catch(orUnknown)] as const)),
  ]);
  const mayIn = new Map(rights);
  return {
    lists: { ...Object.fromEntries(lists), Namespace: namespace },
    mayDo: (verb, resource, where) => mayIn.get(where)?.(verb, resource),
  };
}

async function known(read: () => Promise<readonly AnyObject[]>): Promise<SurroundingList> {
  try {
    return { items: await read() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, verb, resource } = error.details;
    const what = resource === undefined ? '' : qualifiedName(resource);
    if (status === 403) return { why: l10n.t('you may not {0} {1}.', verb, what) };
    if (status === 404) return { why: l10n.t('the cluster has no {0}.', what) };
    return { why: error.message };
  }
}

async function listAll(api: Pick<KubernetesApi, 'get' | 'listPages'>, resource: Resource, namespace: string | undefined, options: { readonly signal?: AbortSignal }): Promise<readonly AnyObject[]> {
  const found: AnyObject[] = [];
  for await (const { items } of api.listPages(resource, namespace, options)) found.push(...items);
  return found;
}

/** One namespace may be read where all may not be listed. */
async function namespaceNamed(api: Pick<KubernetesApi, 'get' | 'listPages'>, name: string, options: { readonly signal?: AbortSignal }): Promise<readonly AnyObject[]> {
  try {
    return [await api.get(SURROUNDING_RESOURCES.Namespace, name, undefined, options)];
  } catch (error) {
    if (error instanceof ApiError && error.details.status === 404) return [];
    throw error;
  }
}

function orUnknown(error: unknown): Rights {
  if (error instanceof ApiError) return () => undefined;
  throw error;
}
