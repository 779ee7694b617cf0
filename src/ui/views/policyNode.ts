import * as l10n from '@vscode/l10n';
import type { BackupPolicy } from '../../kubeblocks/objects';
import { refOf } from '../objectRef';
import { tooltipOf } from './tooltip';
import type { TreeNode } from './treeNode';

/** A backup policy's line, below its component: how it can be backed up, and where to. */
export function policyNode(policy: BackupPolicy, parent: string): TreeNode {
  const { metadata, spec, status } = policy;
  const target = refOf('backupPolicy', policy);
  const methods = (spec?.backupMethods ?? []).map(({ name }) => name);
  const usable = status?.phase === undefined || status.phase === 'Available';
  const description = [
    ...(usable ? [] : [l10n.t('not available')]),
    methods.length === 1 ? l10n.t('1 method') : l10n.t('{0} methods', methods.length),
    ...(spec?.backupRepoName === undefined ? [] : [l10n.t('to {0}', spec.backupRepoName)]),
  ].join(' · ');
  return {
    id: `${parent}/policy/${metadata.name}`,
    label: metadata.name,
    description,
    icon: usable ? 'book' : 'warning',
    ...(usable ? {} : { color: 'warn' as const }),
    tooltip: tooltipOf(metadata.name, [
      [l10n.t('Methods'), methods.join(', ')],
      [l10n.t('Repository'), spec?.backupRepoName ?? l10n.t('the default one')],
      [l10n.t('Phase'), status?.phase],
    ]),
    accessibleLabel: l10n.t('Backup policy {0}, {1}', metadata.name, description.replaceAll(' · ', ', ')),
    tokens: ['object', 'policy', 'canBackUp', 'canChangePolicy'],
    target,
    command: { command: 'kubeblocksBackup.describe', arguments: [target] },
  };
}
