import * as l10n from '@vscode/l10n';
import { isSnapshot } from '../../kubeblocks/backupState';
import type { VolumeRestorePlan } from '../../kubeblocks/volumeRestorePlan';
import { followVolumeRestore, type VolumeRestoreOutcome } from '../../operations/volumeRestore';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed } from '../following/followed';
import type { ObjectRef } from '../objectRef';
import { clip } from '../views/clip';
import { notify } from './notify';
import { reporting } from './reporting';

type FollowedVolumes = Extract<Followed, { kind: 'volumes' }>;

/** Shows how a Restore object gets on until it ended, after a reload of the window too. Stopping to wait leaves it alone. */
export async function followVolumes(app: App, operations: Operations, restore: FollowedVolumes, how: 'started' | 'resumed' = 'started'): Promise<void> {
  const { name, namespace } = restore;
  const outcome = await app.followed.during(restore, () =>
    app.views.withProgress(l10n.t('Restore {0} (“Cancel” only stops waiting)', name), (report, signal) => followVolumeRestore(operations, restore, reporting(report, signal))),
  );
  if (how === 'resumed' && outcome.kind === 'deleted') {
    app.log.info(`Restore ${name} is gone since the window was reloaded`);
    return;
  }
  const ref: ObjectRef = { kind: 'restore', name, namespace };
  const [level, message] = told(name, outcome);
  const diagnose = { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [ref] };
  notify(app, level, message, outcome.kind === 'failed' || outcome.kind === 'nothingDone' ? [diagnose] : []);
}

/** A Restore that was just asked for, by its names. */
export function followedVolumes(context: string, { object, request, target }: VolumeRestorePlan): FollowedVolumes {
  return { kind: 'volumes', context, namespace: target.namespace, name: object.metadata.name, fromSnapshot: isSnapshot(request.backup) };
}

function told(name: string, outcome: VolumeRestoreOutcome): readonly ['info' | 'warning' | 'error', string] {
  switch (outcome.kind) {
    case 'restored':
      return ['info', l10n.t('Restore {0} is complete ({1} jobs).', name, outcome.jobs)];
    case 'nothingDone':
      return ['warning', l10n.t('Restore {0} is completed, but nothing was restored: no job was run for it. Look at what the action set of its backup does.', name)];
    case 'failed':
      return ['error', l10n.t('Restore {0} failed: {1}', name, clip(outcome.reason, 200))];
    case 'deleted':
      return ['warning', l10n.t('Restore {0} was deleted before it ended. Nothing is left to do here.', name)];
    case 'stoppedWaiting':
      return ['info', l10n.t('Nobody waits for Restore {0} any more; it goes on in the cluster.', name)];
  }
}
