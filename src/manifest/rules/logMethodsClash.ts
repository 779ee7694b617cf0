import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/** @see apecloud/kubeblocks-addons addons/postgresql/templates/backuppolicytemplate.yaml: annotation reconfigure-ref writes archive_command for either, and /bin/true when either is switched off */
export const logMethodsClash: Rule = {
  code: 'KB-E005',
  severity: 'warning',
  title: 'Two log backups that take each other\'s log away',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['BackupSchedule'],
  check(context) {
    const enabled = context.spec.at('schedules').items.filter((schedule) => schedule.at('enabled').boolean === true);
    const [copy] = enabled.filter((schedule) => schedule.at('backupMethod').text === 'archive-wal');
    const [walg] = enabled.filter((schedule) => schedule.at('backupMethod').text === 'wal-g-archive');
    if (copy === undefined || walg === undefined) return;
    const later = [copy, walg].sort((a, b) => (a.node?.start ?? 0) - (b.node?.start ?? 0)).at(-1) ?? walg;
    context.report(later.at('backupMethod'), l10n.t('archive-wal and wal-g-archive both set PostgreSQL\'s archive_command: the one that is switched on last takes the log from the other, whose backup goes on without growing. Enable one of them.'), { fixes: [copy, walg].map((each) => context.setValue(l10n.t('Switch {0} off', each.at('backupMethod').text ?? ''), each.at('enabled'), false)) });
  },
};
