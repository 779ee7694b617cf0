import * as l10n from '@vscode/l10n';
import { preCheckMessage } from './preCheckMessage';
import type { Rule } from './rule';

/** @see apecloud/kubeblocks#9799, #6927: "can't create /backup/precheck.txt: Permission denied"; PR #9804 (2025-10) sets fsGroup */
export const repositoryClaimWrites: Rule = {
  code: 'KB-R015',
  severity: 'error',
  title: 'Repository on a claim that its pre-check may not write to',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupRepo'],
  check(context) {
    const provider = context.spec.at('storageProviderRef');
    if (provider.text !== 'pvc' || preCheckMessage(context)?.includes('Permission denied') !== true) return;
    context.report(provider, l10n.t('The pre-check of this repository could not write to its claim: the storage gives the volume to root, and older releases of KubeBlocks mount it without fsGroup. Take storage that everybody may write to, or a newer release.'));
  },
};
