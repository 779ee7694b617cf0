import * as l10n from '@vscode/l10n';
import { leavesSnapshotsOut } from '../../kubeblocks/bases';
import { plainObject } from '../manifestObject';
import { NEEDS_NO_BASE } from './addonMethods';
import { backedComponents } from './clusterEngines';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';
import { snapshotsAlone } from './scheduleLogAlone';

/**
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: enabled false switches the schedule of the method off
 * @see mergeClusterBackup there, 1.0 and 1.1: enabled true switches the schedules of the other full methods off
 * @see pkg/dataprotection/restore/manager.go getBaseBackupActionSetForContinuous: up to 1.1 not that the base is a snapshot; seen on real databases
 * @see apecloud/kubeblocks#3977, #4611: "can not found latest base backup"
 */
export const clusterBackupPitr: Rule = {
  code: 'KB-C006',
  severity: 'warning',
  title: 'Point-in-time recovery without full backups',
  lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const backup = context.spec.at('backup');
    const enabled = backup.at('enabled');
    const pitr = backup.at('pitrEnabled');
    if (pitr.boolean === true && enabled.boolean === true && leavesBasesOut(context)) context.report(pitr, snapshotsAlone());
    if (pitr.boolean !== true || enabled.boolean === true) return;
    context.report(pitr, l10n.t('The log is kept, but no full backup is made on schedule: a log leads nowhere without one before it. Set enabled to true, or make full backups yourself.'), { fixes: [context.setValue(l10n.t('Switch the backups on'), enabled, true)] });
  },
};

/** Whether snapshots are the only bases of a log that needs some, and a restore leaves them out. */
function leavesBasesOut({ object, spec, line }: RuleContext): boolean {
  if (!leavesSnapshotsOut({ line }) || line.startsWith('0.')) return false;
  const chosen = spec.at('backup', 'continuousMethod').text ?? '';
  return (backedComponents(plainObject(object), line) ?? []).some(({ row: { methods } }) => {
    const log = methods.find(({ name, type }) => type === 'Continuous' && (chosen === '' || name === chosen));
    return log !== undefined && !NEEDS_NO_BASE.has(log.name) && methods.some(({ name, snapshot }) => snapshot === true && name === spec.at('backup', 'method').text);
  });
}
