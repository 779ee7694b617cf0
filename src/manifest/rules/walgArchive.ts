import * as l10n from '@vscode/l10n';
import type { BackupSchedule } from '../../kubeblocks/objects';
import { BY_POLICY } from '../facts/factIndex';
import { originText } from '../facts/originText';
import type { Field } from '../field';
import { switchOn } from './scheduleEntries';
import { methodUses } from './methodUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks#9681: "Timeout waiting for archiving to be enabled"
 * @see apecloud/kubeblocks-addons addons/postgresql/dataprotection/wal-g-backup.sh: waits 300 s for an archive_command with wal-g wal-push, and fails
 */
export const walgArchive: Rule = {
  code: 'KB-E004',
  severity: 'warning',
  title: 'WAL-G backup without its log backup',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster', 'BackupSchedule', 'Backup', 'OpsRequest'],
  check(context) {
    switch (context.object.kind) {
      case 'Cluster':
        checkCluster(context);
        break;
      case 'BackupSchedule':
        checkSchedule(context);
        break;
      default:
        checkBackup(context);
    }
  },
};

const NEEDS_ARCHIVE: ReadonlySet<string> = new Set(['wal-g', 'wal-g-incremental']);
const ARCHIVE = 'wal-g-archive';

function checkCluster(context: RuleContext): void {
  const backup = context.spec.at('backup');
  const method = backup.at('method');
  if (!NEEDS_ARCHIVE.has(method.text ?? '') || backup.at('enabled').boolean !== true) return;
  if (backup.at('pitrEnabled').boolean === true && backup.at('continuousMethod').text === ARCHIVE) return;
  const written = (key: string, value: unknown) => ({ kind: 'setValue', object: context.object, path: backup.at(key).path, value }) as const;
  context.report(method, message(method), { fixes: [{ title: l10n.t('Switch {0} on', ARCHIVE), edits: [written('pitrEnabled', true), written('continuousMethod', ARCHIVE)] }] });
}

function checkSchedule(context: RuleContext): void {
  const { items } = context.spec.at('schedules');
  const enabled = items.filter((schedule) => schedule.at('enabled').boolean === true);
  if (enabled.some((schedule) => schedule.at('backupMethod').text === ARCHIVE)) return;
  const fixes = switchOn(items.filter((schedule) => schedule.at('backupMethod').text === ARCHIVE).slice(0, 1), context);
  for (const method of enabled.map((schedule) => schedule.at('backupMethod'))) if (NEEDS_ARCHIVE.has(method.text ?? '')) context.report(method, message(method), { fixes });
}

/** By hand: only where a schedule of the policy is known, for archiving may have been set up otherwise. */
function checkBackup(context: RuleContext): void {
  for (const { policy, method } of methodUses(context)) {
    if (policy === undefined || !NEEDS_ARCHIVE.has(method.text ?? '')) continue;
    const schedules = context.select('BackupSchedule', BY_POLICY, policy);
    const archives = schedules.some(({ object }) => entriesOf(object).some(({ backupMethod, enabled }) => backupMethod === ARCHIVE && enabled === true));
    const [schedule] = schedules;
    if (archives || schedule === undefined) continue;
    context.report(method, `${message(method)} ${l10n.t('Schedule {0} {1} does not have it on.', schedule.object.metadata.name, originText(schedule.origin))}`);
  }
}

function entriesOf({ spec }: BackupSchedule): NonNullable<NonNullable<BackupSchedule['spec']>['schedules']> {
  const schedules: unknown = spec?.schedules;
  return Array.isArray(schedules) ? (schedules as NonNullable<NonNullable<BackupSchedule['spec']>['schedules']>) : [];
}

function message(method: Field): string {
  return l10n.t('{0} waits five minutes for PostgreSQL to archive by WAL-G, and fails where it does not: {1} must be on first.', method.text ?? '', ARCHIVE);
}
