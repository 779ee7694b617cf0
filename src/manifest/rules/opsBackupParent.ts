import * as l10n from '@vscode/l10n';
import { backupState } from '../../kubeblocks/backupState';
import { backupStateText } from '../../kubeblocks/backupText';
import { LABELS } from '../../kubeblocks/labels';
import type { Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { opsBackup, opsCluster } from './opsBackup';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

export const opsBackupParent: Rule = {
  code: 'KB-O005',
  severity: 'error',
  title: 'Backup request with a parent that cannot be one',
  evidence: ['pkg/operations/backup.go: "parent backup %s is not completed", "is not belong to cluster"'],
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const parent = opsBackup(context)?.at('parentBackupName');
    const name = parent?.text;
    if (parent === undefined || name === undefined || name === '') return;
    const problem = parentProblem(name, context);
    if (problem !== undefined) context.report(parent, l10n.t('{0} The request stays Creating for ever.', problem));
  },
};

function parentProblem(name: string, context: RuleContext): string | undefined {
  const fact = context.find('Backup', name);
  if (fact === undefined) {
    return context.all('Backup').certainty === 'allowed' ? l10n.t('There is no backup {0} in the connected cluster.', name) : undefined;
  }
  if (fact.origin.kind !== 'cluster') return undefined;
  const backup = fact.object as Backup;
  const state = backupState(backup);
  if (state === 'failed' || state === 'deleting') return l10n.t('Backup {0} {1} is {2}: only a completed backup can be a parent.', name, originText(fact.origin), backupStateText(state));
  const owner = backup.metadata.labels?.[LABELS.instance];
  const cluster = opsCluster(context).text;
  return owner === undefined || cluster === undefined || owner === cluster ? undefined : l10n.t('Backup {0} {1} is of cluster {2}: a parent must be of the same cluster.', name, originText(fact.origin), owner);
}
