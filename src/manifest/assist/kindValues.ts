import { entryOf } from '../yaml/node';
import { isKubeBlocksGroup, groupOf, type Dialect } from '../dialect';
import type { Suggestion } from './suggestion';
import type { Typed } from './typedAt';

/** Backup kinds before those that only touch backup; the rest as the schemas have them. */
const OFTEN = ['Backup', 'BackupSchedule', 'BackupPolicy', 'BackupRepo', 'Restore', 'Cluster', 'OpsRequest', 'ActionSet', 'BackupPolicyTemplate', 'StorageProvider'];

/** What `apiVersion` or `kind` may be, beside what the other of them says already. */
export function kindValues({ document, path, object }: Typed, dialect: Dialect): readonly Suggestion[] {
  const { root } = document;
  const text = (key: string): string | undefined => {
    const value = root?.type === 'map' ? entryOf(root, key)?.value : undefined;
    return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  };
  const served = dialect.kinds.filter(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion)));
  const order = (kind: string): number => (OFTEN.includes(kind) ? OFTEN.indexOf(kind) : OFTEN.length);
  if (path[0] === 'kind') {
    const apiVersion = object?.apiVersion ?? text('apiVersion');
    const fitting = served.filter((each) => apiVersion === undefined || each.apiVersion === apiVersion);
    const names = [...new Set(fitting.map(({ kind }) => kind))].sort((a, b) => order(a) - order(b));
    return names.map((value) => ({ value, kind: 'kind', detail: apiVersion ?? dialect.versionsOf(value)[0] ?? '' }));
  }
  const kind = object?.kind ?? text('kind');
  const versions = [...new Set(served.filter((each) => kind === undefined || each.kind === kind).map(({ apiVersion }) => apiVersion))];
  const ofBackup = (version: string): number => (version.startsWith('dataprotection.') ? 0 : 1);
  return versions.sort((a, b) => ofBackup(a) - ofBackup(b)).map((value) => ({ value, kind: 'kind', detail: served.filter(({ apiVersion }) => apiVersion === value).map((each) => each.kind).filter((each) => kind === undefined || each === kind).join(', ') }));
}
