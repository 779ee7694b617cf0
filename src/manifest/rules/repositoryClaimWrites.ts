import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

export const repositoryClaimWrites: Rule = {
  code: 'KB-R015',
  severity: 'hint',
  title: 'Repository on a claim that its pre-check may not write to',
  evidence: ['apecloud/kubeblocks#9799, #6927: "can\'t create /backup/precheck.txt: Permission denied"; PR #9804 (2025-10) sets fsGroup'],
  lines: ['0.7', '0.8', '0.9'],
  kinds: ['BackupRepo'],
  check(context) {
    const provider = context.spec.at('storageProviderRef');
    if (provider.text !== 'pvc') return;
    context.report(provider, l10n.t('KubeBlocks {0} writes to the claim without fsGroup: where the storage gives the volume to root, the pre-check fails with "Permission denied".', context.line));
  },
};
