import type { KubeObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import { RESOURCES } from '../resources';
import { edit, readAll } from '../runtime/edits';
import type { World } from '../world';
import { repoClaim, toolConfigSecret } from './backupRepoDerived';
import { LABEL } from './names';
import type { RepoParameters } from './repoParameters';
import type { Provider, Repo } from './shapes';

/**
 * Makes a repository usable in the namespaces where a Backup or Restore waits for it (label `wait-repo-preparation`):
 * the datasafed Secret, or the claim; then lets them go on.
 */
export function prepareWaitingNamespaces(
  repo: Repo,
  { provider, parameters }: { readonly provider: Provider; readonly parameters: RepoParameters },
  world: World,
): void {
  const labels = { [LABEL.repoName]: repo.metadata.name, [LABEL.waitRepo]: 'true' };
  for (const resource of [RESOURCES.backup, RESOURCES.restore]) {
    for (const waiting of readAll<KubeObject>(world, resource, { labels })) {
      prepareNamespace(repo, provider, parameters, waiting.metadata.namespace ?? '', world);
      edit(world, resource, waiting, { labels: { [LABEL.waitRepo]: undefined } });
    }
  }
}

/** Whether workers in the namespace can reach the repository. */
export function isPreparedIn(repo: Repo, namespace: string, world: World): boolean {
  const { resource, name } = accessObject(repo);
  return world.store.get(resource, { namespace, name }) !== undefined;
}

function prepareNamespace(repo: Repo, provider: Provider, parameters: RepoParameters, namespace: string, world: World): void {
  const { resource, name } = accessObject(repo);
  if (world.store.get(resource, { namespace, name }) !== undefined) return;
  const at = { namespace, name };
  const isTool = repo.spec?.accessMethod === 'Tool';
  world.store.create(resource, isTool ? toolConfigSecret(repo, provider, parameters, at) : repoClaim(repo, provider, parameters, at));
}

function accessObject({ spec, status }: Repo): { readonly resource: Resource; readonly name: string } {
  return spec?.accessMethod === 'Tool'
    ? { resource: RESOURCES.secret, name: status?.toolConfigSecretName ?? '' }
    : { resource: RESOURCES.persistentVolumeClaim, name: status?.backupPVCName ?? '' };
}
