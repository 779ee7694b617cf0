import * as l10n from '@vscode/l10n';
import type { Backup } from '../../kubeblocks/objects';
import { followDeletion as follow } from '../../operations/followDeletion';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { refOf } from '../objectRef';
import { clip } from '../views/clip';
import { notify } from './notify';
import { reporting } from './reporting';
import type { Follow } from './review';

/** How many are looked at in one go. */
const AT_ONCE = 10;

/** Waits until deleted backups are gone, and explains what hangs. */
export function followDeletion(app: App, operations: Operations, backups: readonly Backup[]): Follow {
  return async () => {
    const [first] = backups;
    if (first === undefined) {
      return;
    }
    const title = backups.length === 1 ? l10n.t('Deleting backup {0} (“Cancel” only stops waiting)', first.metadata.name) : l10n.t('Deleting {0} backup sets (“Cancel” only stops waiting)', backups.length);
    await app.views.withProgress(title, async (report, signal) => {
      const hanging: { readonly backup: Backup; readonly reason: string }[] = [];
      for (let index = 0; index < backups.length; index += AT_ONCE) {
        const outcomes = await Promise.all(backups.slice(index, index + AT_ONCE).map(async (backup) => ({ backup, outcome: await follow(operations, backup, reporting(report, signal)) })));
        hanging.push(...outcomes.flatMap(({ backup, outcome }) => (outcome.kind === 'hangs' ? [{ backup, reason: outcome.reason }] : [])));
      }
      for (const { backup, reason } of hanging.slice(0, 1)) {
        const more = hanging.length === 1 ? '' : ` ${l10n.t('So it is with {0} more.', hanging.length - 1)}`;
        notify(app, 'warning', `${l10n.t('Backup {0} is not deleted: {1}.', backup.metadata.name, clip(reason, 400))}${more}`, [{ label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [refOf('backup', backup)] }]);
      }
      if (hanging.length === 0 && backups.length > 1 && !signal.aborted) {
        notify(app, 'info', l10n.t('{0} backup sets are gone.', backups.length), []);
      }
    });
  };
}
