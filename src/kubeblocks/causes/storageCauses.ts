import * as l10n from '@vscode/l10n';
import type { CauseRule } from './causeRule';

/** Faults of repositories and of the storage behind them. Texts: object stores, datasafed, `backuprepo_controller.go`. */
export const STORAGE_CAUSES: readonly CauseRule[] = [
  {
    code: 'noSpace',
    pattern: /no space left on device|ENOSPC|disk quota exceeded|XMinioStorageFull|QuotaExceeded|insufficient storage/i,
    title: () => l10n.t('The disk that the backup is written to, or read from, is full.'),
    means: () => l10n.t('What was written so far is of no use, and every backup into the same place fails, too.'),
    todo: () => [l10n.t('Delete backups that are not needed, or enlarge the repository or the volume.'), l10n.t('Then run it again.')],
    fixes: ['showRepository', 'runAgain'],
  },
  {
    code: 'bucketMissing',
    pattern: /NoSuchBucket|bucket does not exist|The specified bucket (is not valid|does not exist)|NoSuchContainer|container .* not found in account/i,
    title: () => l10n.t('The bucket of the repository does not exist.'),
    means: () => l10n.t('KubeBlocks does not make it. A folder within a bucket is no bucket: it is the path prefix of the repository.'),
    todo: () => [l10n.t('Create the bucket, or correct the name in the repository.')],
    fixes: ['showRepository', 'createRepository'],
  },
  {
    code: 'backupFilesMissing',
    pattern: /\b(?:object|directory) not found\b|NoSuchKey|The specified key does not exist/i,
    title: () => l10n.t('The files of the backup are not in the repository.'),
    means: () => l10n.t('They were removed past KubeBlocks, or the bucket was deleted or replaced: the backup set still looks complete, and cannot be restored.'),
    todo: () => [l10n.t('Bring the files back (versions of the bucket, a copy of it), or restore another backup set.'), l10n.t('Take a new full backup: what builds on this one is lost, too.')],
    fixes: ['showRepository', 'showLineage', 'restoreAgain'],
  },
  {
    code: 'bucketCheck',
    pattern: /BucketAlreadyExists|BucketAlreadyOwnedByYou|AccessDenied: not entitled/,
    title: () => l10n.t('The storage does not let these credentials look for the bucket, or make it.'),
    means: () => l10n.t('The credentials may be good for reading and writing all the same: only the check before fails.'),
    todo: () => [l10n.t('Set noCheckBucket to true in the repository: the bucket is then used without asking.'), l10n.t('Or let the key list the bucket.')],
    fixes: ['showRepository', 'createRepository'],
  },
  {
    code: 'region',
    pattern: /AuthorizationHeaderMalformed|the region '[^']*' is wrong|unexpected scope|PermanentRedirect|IllegalLocationConstraint/i,
    title: () => l10n.t('The bucket lies in another region than the repository says.'),
    means: () => l10n.t('Requests are signed for a region, and the storage refuses those that are signed for another.'),
    todo: () => [l10n.t('Correct the region in the repository; some servers of their own want us-east-1.')],
    fixes: ['showRepository', 'createRepository'],
  },
  {
    code: 'pathStyle',
    title: () => l10n.t('The storage is asked for by a host name that begins with the bucket, and that name is not known.'),
    means: () => l10n.t('The provider speaks to the public service of its vendor. Servers of one’s own are as a rule reached by path, which it cannot.'),
    todo: () => [l10n.t('Create the repository with the provider s3-compatible and forcePathStyle set to true.')],
    fixes: ['createRepository', 'showRepository'],
  },
  {
    code: 'storageDriver',
    pattern: /CSI driver is not installed|StorageProviderNotReady/,
    title: () => l10n.t('The CSI driver of the storage provider is not installed.'),
    means: () => l10n.t('Access method Mount needs it to mount the storage into pods.'),
    todo: () => [l10n.t('Install the driver, or make a repository with access method Tool, which needs none.')],
    fixes: ['createRepository'],
  },
  {
    code: 'storageProvider',
    pattern: /StorageProviderNotFound|InvalidStorageProvider|storageproviders\S* "[^"]+" not found|DatasafedConfigTemplate is empty/i,
    title: () => l10n.t('The storage provider does not exist, or does not know this access method.'),
    means: () => l10n.t('The repository cannot become ready, whatever else is changed.'),
    todo: () => [l10n.t('Make a repository with another provider or access method; these two cannot be changed later.')],
    fixes: ['createRepository'],
  },
  {
    code: 'credentialSecret',
    pattern: /CredentialSecretNotFound|failed to get secret/i,
    title: () => l10n.t('The Secret with the repository\'s credentials does not exist.'),
    means: () => l10n.t('Without it nothing can be read from the repository or written to it.'),
    todo: () => [l10n.t('Create the Secret that the repository names; it is then checked again by itself.')],
    fixes: ['showRepository'],
  },
  {
    code: 'writeRefused',
    pattern: /can't create \S*precheck\.txt|\/backup\/\S*: Permission denied/,
    title: () => l10n.t('The pre-check may not write to the mounted volume.'),
    means: () => l10n.t('The volume belongs to another user than the one that backups run as.'),
    todo: () => [l10n.t('Let the volume be written by group 65532 (fsGroup), or use KubeBlocks 1.0.1 or newer, which asks for that.')],
    fixes: ['showRepository'],
  },
  {
    code: 'credentials',
    pattern: /AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|invalid access key|ExpiredToken|403 Forbidden|status code: 403|AuthorizationFailure|AuthenticationFailed/i,
    title: () => l10n.t('The storage refuses the repository\'s credentials.'),
    means: () => l10n.t('They are wrong, expired, or may not do what backups need: list, read, write and delete.'),
    todo: () => [l10n.t('Correct the credentials in the repository\'s Secret; the repository is then checked again by itself.')],
    fixes: ['showRepository', 'createRepository'],
  },
  {
    code: 'repositoryInUse',
    pattern: /some backups still refer to this repo|HaveAssociatedBackups/i,
    title: () => l10n.t('Backup sets are left in the repository.'),
    means: () => l10n.t('KubeBlocks keeps the repository in Deleting for as long as there is one.'),
    todo: () => [l10n.t('Delete the backup sets in it that are not needed, or wait until they expire.')],
    fixes: ['showRepository'],
  },
];

/** Last of the storage's: other faults show in the same words. */
export const UNREACHABLE: CauseRule = {
  code: 'storageUnreachable',
  pattern: /no such host|connection refused|i\/o timeout|connection reset by peer|network is unreachable|TLS handshake timeout|x509:|dial tcp/i,
  title: () => l10n.t('The storage or the database could not be reached.'),
  means: () => l10n.t('The name is wrong, nothing answers there, the network lets nothing through, or its certificate is not trusted.'),
  todo: () => [l10n.t('Check the endpoint in the repository and that pods may reach it.'), l10n.t('Then run it again.')],
  fixes: ['showRepository', 'runAgain'],
};
