import * as l10n from '@vscode/l10n';
import { sizeText } from '../../kubeblocks/bytes';
import type { Backup } from '../../kubeblocks/objects';
import { followBackup as follow, type BackupOutcome } from '../../operations/followBackup';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed } from '../following/followed';
import type { ObjectRef } from '../objectRef';
import { clip } from '../views/clip';
import { notify } from './notify';
import { reporting } from './reporting';

type FollowedBackup = Extract<Followed, { kind: 'backup' }>;

/** Shows how a backup goes until it ends, after a reload of the window too. Stopping to wait leaves the backup alone. */
export async function followBackup(app: App, operations: Operations, backup: FollowedBackup, how: 'started' | 'resumed' = 'started'): Promise<void> {
  const { name, namespace, uid } = backup;
  const outcome = await app.followed.during(backup, () =>
    app.views.withProgress(l10n.t('Backup {0} (“Cancel” only stops waiting)', name), (report, signal) =>
      follow(operations, { metadata: { name, namespace, ...(uid === undefined ? {} : { uid }) } }, reporting(report, signal)),
    ),
  );
  if (how === 'resumed' && outcome.kind === 'deleted') {
    app.log.info(`backup ${name} is gone since the window was reloaded`);
  } else {
    tellOutcome(app, backup, outcome);
  }
}

/** A backup that was just created, by its names. */
export function followedBackup(context: string, { metadata: { name, namespace = '', uid } }: Backup): FollowedBackup {
  return { kind: 'backup', context, namespace, name, ...(uid === undefined ? {} : { uid }) };
}

function tellOutcome(app: App, { name, namespace }: FollowedBackup, outcome: BackupOutcome): void {
  const ref: ObjectRef = { kind: 'backup', name, namespace };
  switch (outcome.kind) {
    case 'completed': {
      const size = sizeText(outcome.backup.status?.totalSize);
      const message = size === undefined ? l10n.t('Backup {0} is complete.', name) : l10n.t('Backup {0} is complete: {1}.', name, size);
      notify(app, 'info', message, [{ label: l10n.t('Show'), command: 'kubeblocksBackup.revealInTree', arguments: [ref] }]);
      return;
    }
    case 'failed':
      notify(app, 'error', l10n.t('Backup {0} failed: {1}', name, clip(outcome.reason, 200)), [
        { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [ref] },
        { label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' },
      ]);
      return;
    case 'stuck':
      notify(app, 'warning', l10n.t('Backup {0} does not get on: {1}. It goes on trying for ever; mend the storage, or delete it.', name, clip(outcome.reason, 200)), [
        { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [ref] },
      ]);
      return;
    case 'deleted':
      notify(app, 'warning', l10n.t('Backup {0} was deleted before it ended. Nothing is left to do here.', name), []);
      return;
    case 'stoppedWaiting':
      notify(app, 'info', l10n.t('Nobody waits for backup {0} any more; it goes on in the cluster.', name), [
        { label: l10n.t('Show'), command: 'kubeblocksBackup.revealInTree', arguments: [ref] },
      ]);
  }
}
