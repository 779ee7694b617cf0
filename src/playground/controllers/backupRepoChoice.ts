import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import { Failure } from './failure';
import { ANNOTATION, LABEL } from './names';
import type { BackupSet, Policy, Repo } from './shapes';

/** The repository of a backup: its label, else the policy's, else the one Ready default (`HandleBackupRepo`). */
export function chooseRepo(backup: BackupSet, policy: Policy, world: World): Repo {
  const name = backup.metadata.labels?.[LABEL.repoName] ?? policy.spec?.backupRepoName ?? '';
  const repo = name === '' ? defaultRepo(world) : read<Repo>(world, RESOURCES.backupRepo, { name });
  if (repo === undefined) throw new Failure(`backup repo ${name} not found`, 'NotFound');
  const repoName = repo.metadata.name;
  if (repo.status?.phase !== 'Ready') throw new Failure(`the backup repository ${repoName} is not ready`, 'BackupRepoIsNotReady');
  return repo;
}

function defaultRepo(world: World): Repo {
  const defaults = readAll<Repo>(world, RESOURCES.backupRepo).filter(
    ({ metadata, status }) => metadata.annotations?.[ANNOTATION.defaultRepo] === 'true' && status?.phase === 'Ready',
  );
  const [first, second] = defaults;
  if (first === undefined) throw new Failure('no default BackupRepo found');
  if (second !== undefined) {
    throw new Failure(`multiple default BackupRepo found, both ${first.metadata.name} and ${second.metadata.name} are default`);
  }
  return first;
}
