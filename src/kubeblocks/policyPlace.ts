import * as l10n from '@vscode/l10n';
import { ANNOTATIONS } from './labels';
import type { BackupPolicy, Cluster } from './objects';

/**
 * What becomes of a change of a policy that KubeBlocks made from its template: it is written anew with each reconcile of the
 * Cluster (`buildBackupPolicy`, `buildBackupMethods`, `buildBackupTarget` of `backuppolicydriver_controller.go`, seen with 1.0.2).
 */
export interface PolicyField {
  readonly field: string;
  readonly place: string;
}

/** Made from a template; a policy of a person's own is nobody else's. */
export function isGeneratedPolicy({ metadata }: BackupPolicy): boolean {
  return metadata.annotations?.[ANNOTATIONS.policyTemplate] !== undefined;
}

/** The policy keeps what a person writes into what is otherwise the template's. */
export function isCutLoose({ metadata }: BackupPolicy): boolean {
  return metadata.annotations?.[ANNOTATIONS.disableSync] === 'true';
}

/** The repository that the Cluster writes into its policies; undefined where it names none. */
export function repositoryOfCluster(cluster: Cluster | undefined): string | undefined {
  const name = cluster?.spec?.backup?.repoName ?? '';
  return name === '' ? undefined : name;
}

/** Field by field, in words; empty for a policy that nobody generated. */
export function policyFields(cluster: Cluster | undefined, policy: BackupPolicy): readonly PolicyField[] {
  if (!isGeneratedPolicy(policy)) {
    return [];
  }
  const repository = repositoryOfCluster(cluster);
  const ofTemplate = isCutLoose(policy)
    ? l10n.t('stays: the policy is cut loose from its template')
    : l10n.t('is overwritten from the template, unless annotation disable-sync-from-template is "true"');
  return [
    { field: 'backupRepoName', place: repository === undefined ? l10n.t('stays') : l10n.t('is overwritten with {0}, which the Cluster names; change it there', repository) },
    { field: 'encryptionConfig', place: l10n.t('stays, unless KubeBlocks was installed with an encryption for all policies') },
    { field: 'backupMethods', place: isCutLoose(policy) ? l10n.t('stays; a method that the template does not have is dropped') : ofTemplate },
    { field: 'target, targets', place: isCutLoose(policy) ? ofTemplate : l10n.t('stays, but for the role: none is written anew from the template, and one pod alone has none') },
    { field: 'retentionPolicy', place: ofTemplate },
    { field: 'backoffLimit', place: ofTemplate },
    { field: 'pathPrefix', place: l10n.t('is always overwritten') },
  ];
}
