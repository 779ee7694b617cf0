import type { AnyObject } from '../../src/kubeblocks/objects';

/** One command of the script: the same on both clusters. */
export interface Command {
  readonly args: readonly string[];
  /** What is typed where it asks. */
  readonly typed?: string;
  /** What is waited for afterwards, so that the next command meets the same. */
  readonly then?: Until;
}

interface Until {
  /** Of the object, or of a collection one of whose objects is to be so. */
  readonly path: string;
  readonly of: 'object' | 'some';
  readonly what: string;
  readonly isSo: (object: AnyObject | undefined) => boolean;
}

export const NAMESPACE = 'kbcli';
const DATA_PROTECTION = '/apis/dataprotection.kubeblocks.io/v1alpha1';
const phaseOf = (object: AnyObject | undefined): string | undefined => (object?.['status'] as { readonly phase?: string } | undefined)?.phase;
const until = (path: string, phase: string): Until => ({ path, of: 'object', what: phase, isSo: (object) => phaseOf(object) === phase });
const untilGone = (path: string): Until => ({ path, of: 'object', what: 'gone', isSo: (object) => object === undefined });
const backup = (name: string): string => `${DATA_PROTECTION}/namespaces/${NAMESPACE}/backups/${name}`;
const POLICY = 'db-postgresql-backup-policy';
const S3 = ['--provider', 's3', '--access-method', 'Tool', '--access-key-id', 'AK', '--secret-access-key', 'SK', '--bucket', 'b', '--region', 'eu-central-1'];

const words = (text: string): readonly string[] => text.split(' ');
const commands = (...texts: readonly string[]): readonly Command[] => texts.map((text) => ({ args: words(text) }));

/** Every backup and restore command of kbcli 1.0.2 on a namespace with one PostgreSQL `db`, in the order in which a person would use them. */
export const SCRIPT: readonly Command[] = [
  ...commands('backuprepo list-storage-provider', 'backuprepo list', 'backuprepo describe object-store'),
  ...commands('dataprotection list-action-sets', 'dataprotection list-backup-policy-templates'),
  ...commands('cluster list-backup-policies', 'cluster list-backup-policies db', 'dataprotection list-backup-policies --cluster db'),
  ...commands(`cluster describe-backup-policy --names ${POLICY}`, `dataprotection describe-backup-policy ${POLICY}`),
  ...commands('cluster list-backups', 'cluster list-restores'),
  // Refused before anything is made.
  ...commands('cluster backup db', 'cluster backup nobody --method pg-basebackup', 'cluster backup db --method unknown', 'cluster backup db --method pg-basebackup --retention-period 7days'),
  ...commands('cluster backup db --method pg-basebackup --policy unknown', 'cluster backup db --method wal-g-incremental --parent-backup nothing'),
  ...commands('cluster backup db --method pg-basebackup --name first --retention-period 3d --dry-run -o yaml', 'cluster backup db --method pg-basebackup --name first --deletion-policy Retain --dry-run=server -o yaml'),
  { args: words('cluster backup db --method pg-basebackup --name first --retention-period 3d'), then: until(backup('first'), 'Completed') },
  { args: words('dataprotection backup second --cluster db --method pg-basebackup'), then: until(backup('second'), 'Completed') },
  ...commands('cluster list-backups', 'cluster list-backups db', 'cluster list-backups --names first', 'dataprotection list-backups', 'dataprotection list-backups --cluster db'),
  ...commands('cluster describe-backup --names first', 'dataprotection describe-backup second'),
  ...commands('cluster restore again --backup missing', 'cluster restore again', 'cluster restore again --backup first --dry-run -o yaml', 'dataprotection restore first --cluster again --volume-restore-policy Serial --dry-run -o yaml'),
  { args: words('cluster restore again --backup first'), then: { path: `${DATA_PROTECTION}/namespaces/${NAMESPACE}/restores`, of: 'some', what: 'its last step', isSo: (restore) => restore?.metadata.name.endsWith('-postready') === true && phaseOf(restore) === 'Completed' } },
  ...commands('cluster list-restores again', 'dataprotection list-restores --cluster again', 'cluster describe-restore again'),
  ...commands('cluster update db --backup-method unknown', 'cluster update db --backup-retention-period 7w', 'cluster update db --backup-cron-expression nonsense'),
  { args: ['cluster', 'update', 'db', '--backup-enabled=true', '--backup-method', 'pg-basebackup', '--backup-cron-expression', '5 4 * * *', '--backup-retention-period', '3d'] },
  { args: words('backuprepo create made') },
  { args: ['backuprepo', 'create', 'object-store', ...S3] },
  { args: ['backuprepo', 'create', 'made', ...S3, '--default'] },
  { args: ['backuprepo', 'create', 'made', ...S3, '--volume-capacity', 'much'] },
  { args: ['backuprepo', 'create', 'made', ...S3, '--path-prefix', 'of/kbcli'], then: until(`${DATA_PROTECTION}/backuprepos/made`, 'Ready') },
  ...commands('backuprepo list', 'backuprepo describe made', 'backuprepo update made --default', 'backuprepo update made --access-key-id AK2'),
  { args: words('backuprepo delete object-store'), typed: 'object-store\n' },
  { args: words('backuprepo delete made'), typed: 'made\n', then: untilGone(`${DATA_PROTECTION}/backuprepos/made`) },
  ...commands('cluster delete-backup db', 'cluster delete-backup db --name unknown --auto-approve'),
  { args: words('cluster delete-backup db --name first --auto-approve'), then: untilGone(backup('first')) },
  { args: words('dataprotection delete-backup second --auto-approve'), then: untilGone(backup('second')) },
  ...commands('cluster list-backups', 'backuprepo list'),
];
