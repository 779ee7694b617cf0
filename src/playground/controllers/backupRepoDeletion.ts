import type { Backup, KubeObject } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, patchStatus, readAll, refOf, remove } from '../runtime/edits';
import type { World } from '../world';
import { setCondition } from './backupRepoConditions';
import { FINALIZER, LABEL } from './names';
import type { Repo } from './shapes';

const COMPONENT = 'backup-repo-controller';
const DERIVED = [RESOURCES.job, RESOURCES.persistentVolumeClaim, RESOURCES.storageClass, RESOURCES.secret];

/** A repository stays while backups refer to it; failed ones do not count, unless they are continuous. */
export function deleteRepo(repo: Repo, world: World): void {
  const labels = { [LABEL.repoName]: repo.metadata.name };
  if (repo.status?.phase !== 'Deleting') {
    world.event(repo, 'Normal', 'DeletingCR', `Deleting backuprepo: ${repo.metadata.name}`, COMPONENT);
    patchStatus(world, RESOURCES.backupRepo, repo, { phase: 'Deleting' });
  }
  if (readAll<Backup>(world, RESOURCES.backup, { labels }).some(isAssociated)) {
    const message = 'some backups still refer to this repo';
    setCondition(repo, 'DerivedObjectsDeleted', { status: 'False', reason: 'HaveAssociatedBackups', message }, world);
    return;
  }
  for (const resource of DERIVED) {
    for (const object of readAll<KubeObject>(world, resource, { labels })) remove(world, resource, refOf(object));
  }
  setCondition(repo, 'DerivedObjectsDeleted', { status: 'True', reason: 'DerivedObjectsDeleted' }, world);
  edit(world, RESOURCES.backupRepo, repo, { removeFinalizer: FINALIZER });
  world.event(repo, 'Normal', 'DeletedCR', `Deleted backuprepo: ${repo.metadata.name}`, COMPONENT);
}

function isAssociated({ status, metadata }: Backup): boolean {
  return status?.phase !== 'Failed' || metadata.labels?.[LABEL.backupType] === 'Continuous';
}
