import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import { parseRestoreTime } from '../../kubeblocks/restoreTimeGrammar';
import { recoveryWindow, segmentAt } from '../../kubeblocks/recoveryWindow';
import type { ActionSet, Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { knownBackups } from './knownBackups';
import { restoreUses, type RestoreUse } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/** @see seen on the 1.2 line: a restore of an ApeCloud MySQL volume-snapshot backup fails, "backup X has no backup repository", and so does a restore to an instant whose base it is; PostgreSQL's, without an action set, works */
export const restoreSnapshotBroken: Rule = {
  code: 'KB-T014',
  severity: 'error',
  title: 'Restore of a snapshot that 1.2 asks a repository for',
  lines: ['1.2'],
  kinds: ['Cluster', 'OpsRequest'],
  check(context) {
    for (const use of restoreUses(context)) {
      const source = context.find('Backup', use.backup.text, use.namespace);
      const snapshot = source === undefined ? undefined : baseOf(use, source.object, context);
      if (source === undefined || snapshot === undefined || !preparesData(snapshot, context)) continue;
      const { name } = snapshot.metadata;
      const message =
        name === use.backup.text
          ? l10n.t('Backup {0} {1} is a volume snapshot with an action set that prepares data: KubeBlocks 1.2 looks for a repository, finds none, and the restore fails. Restore a backup of another method.', name, originText(source.origin))
          : l10n.t('The base of this instant is {0} {1}, a volume snapshot with an action set that prepares data: KubeBlocks 1.2 looks for a repository, finds none, and the restore fails. Take an instant before it, or after another full backup.', name, originText(source.origin));
      const place = use.time ?? use.backup;
      context.report(place.field, message, place.within === undefined ? {} : { within: place.within });
    }
  },
};

/** The snapshot that is restored: the backup itself, or what the log is put on. */
function baseOf({ time }: RestoreUse, backup: Backup, context: RuleContext): Backup | undefined {
  if (isSnapshot(backup)) return backup;
  const ms = time === undefined ? undefined : parseRestoreTime(time.text);
  const inventory = ms === undefined ? undefined : knownBackups(context, backup.metadata.namespace);
  const window = inventory === undefined ? undefined : recoveryWindow(inventory, backup);
  const segment = window === undefined || ms === undefined ? undefined : segmentAt(window, ms);
  const base = segment?.kind === 'recoverable' ? segment.base : undefined;
  return base !== undefined && isSnapshot(base) ? base : undefined;
}

function preparesData({ status }: Backup, context: RuleContext): boolean {
  const name = status?.backupMethod?.actionSetName ?? '';
  const actionSet = name === '' ? undefined : (context.find('ActionSet', name)?.object as ActionSet | undefined);
  return actionSet?.spec?.restore?.prepareData !== undefined;
}
