import * as l10n from '@vscode/l10n';
import { methodFacts } from './methodFacts';
import { methodFields } from './methodFields';
import { methodUses } from './methodUses';
import type { Field } from '../field';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/dataprotection/backup/request.go: "cannot find any VolumeSnapshotClass of persistentVolumeClaim %q to do volume snapshot on pod %q"
 * @see apecloud/kubeblocks#5616, #5628, #2759
 */
export const snapshotClassMissing: Rule = {
  code: 'KB-P016',
  severity: 'error',
  title: 'Snapshot method where nothing can take snapshots',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Backup', 'BackupSchedule', 'OpsRequest', 'BackupPolicy'],
  check(context) {
    const { facts, certainty } = context.all('VolumeSnapshotClass');
    if (certainty !== 'allowed' || facts.length > 0) return;
    for (const field of snapshotFields(context)) {
      context.report(field, l10n.t('The connected cluster has no VolumeSnapshotClass: a backup by snapshots fails. Install one for the CSI driver of the volumes, or take another method.'), context.object.kind === 'BackupPolicy' ? { part: 'key', severity: 'warning' } : {});
    }
  },
};

/** Where snapshots are asked for; of a policy, where they are offered. */
function snapshotFields(context: RuleContext): readonly Field[] {
  if (context.object.kind === 'BackupPolicy') return methodFields(context).map(({ method }) => method.at('snapshotVolumes')).filter(({ boolean }) => boolean === true);
  return methodUses(context)
    .filter(({ policy, method, backup }) => backup.at('enabled').boolean !== false && methodFacts(policy, method.text, context)?.method.snapshotVolumes === true)
    .map(({ method }) => method);
}
