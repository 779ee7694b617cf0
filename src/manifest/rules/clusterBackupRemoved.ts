import * as l10n from '@vscode/l10n';
import type { Cluster } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks#8767
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: without spec.backup the schedule stays as it is
 */
export const clusterBackupRemoved: Rule = {
  code: 'KB-C009',
  severity: 'info',
  title: 'Backups that go on although spec.backup is gone',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const { object, spec } = context;
    if (object.name === undefined || !spec.isWritten || spec.at('backup').isWritten) return;
    const live = context.findLive('Cluster', object.name);
    const backup = (live?.object as Cluster | undefined)?.spec?.backup;
    if (live === undefined || backup?.enabled !== true) return;
    context.report(spec, l10n.t('Cluster {0} {1} is backed up by schedule, and this manifest says nothing of it: taking spec.backup away does not stop the schedule. To stop it, set enabled to false.', object.name, originText(live.origin)), {
      part: 'key',
      fixes: [{ title: l10n.t('Stop the schedule'), edits: [{ kind: 'insert', object, path: ['spec'], key: 'backup', value: { enabled: false, method: backup.method ?? '' } }] }],
    });
  },
};
