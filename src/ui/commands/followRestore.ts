import * as l10n from '@vscode/l10n';
import { KINDS } from '../../kubeblocks/kinds';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import { restoreState } from '../../kubeblocks/restoreState';
import { followRestore as follow, type RestoreOutcome } from '../../operations/followRestore';
import { deleteRestored } from '../../operations/deleteRestored';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed } from '../following/followed';
import { refOf, type ObjectRef } from '../objectRef';
import { clip } from '../views/clip';
import { askWhatNext, isScheduled } from './afterRestore';
import { agreeToChange } from './agreeToChange';
import { notify } from './notify';
import { reporting } from './reporting';

type FollowedRestore = Extract<Followed, { kind: 'restore' }>;

/**
 * Shows how a restore goes until the new cluster runs, or why it does not, after a reload of the window too. Stopping to
 * wait leaves the restore alone.
 */
export async function followRestore(app: App, operations: Operations, restore: FollowedRestore, how: 'started' | 'resumed' = 'started'): Promise<void> {
  const { name, namespace, opsName } = restore;
  const started = { namespace, clusterName: name, ...(opsName === undefined ? {} : { opsName }) };
  const outcome = await app.followed.during(restore, () =>
    app.views.withProgress(l10n.t('Restore into {0} (“Cancel” only stops waiting)', name), (report, signal) =>
      follow(operations, () => operations.session.inventory, started, { ...reporting(report, signal), existed: how === 'resumed' }),
    ),
  );
  if (how === 'resumed' && outcome.kind === 'deleted') {
    app.log.info(`the restore into ${name} is gone since the window was reloaded`);
  } else {
    tellOutcome(app, operations, restore, outcome);
  }
}

/** A restore that was just asked for, by its names. */
export function followedRestore(context: string, { target, resource, object }: RestorePlan): FollowedRestore {
  const byRequest = resource.kind === KINDS.opsRequest.kind;
  return { kind: 'restore', context, ...target, ...(byRequest ? { opsName: object.metadata.name } : {}) };
}

function tellOutcome(app: App, operations: Operations, target: FollowedRestore, outcome: RestoreOutcome): void {
  const cluster: ObjectRef = { kind: 'cluster', name: target.name, namespace: target.namespace };
  const show = { label: l10n.t('Show'), command: 'kubeblocksBackup.revealInTree', arguments: [cluster] };
  const remove = { label: l10n.t('Delete the New Cluster…'), run: () => takeBack(app, operations, target) };
  switch (outcome.kind) {
    case 'restored':
      notify(app, 'info', l10n.t('{0} is running with the restored data ({1} of {1} restores completed).', target.name, outcome.restores), [
        { label: l10n.t('What Next…'), run: () => askWhatNext(app, cluster, outcome.cluster) },
        ...(isScheduled(outcome.cluster) ? [] : [{ label: l10n.t('Turn On Protection…'), command: 'kubeblocksBackup.scheduleBackups', arguments: [cluster] }]),
      ]);
      return;
    case 'empty':
      notify(app, 'warning', l10n.t('{0} is running, but nothing was restored: {1}. Delete it, and restore again.', target.name, outcome.reason), [show, remove]);
      return;
    case 'failed': {
      const failed = outcome.seen.restores.find((restore) => restoreState(restore) === 'failed');
      const culprit: ObjectRef = failed === undefined ? culpritOf(target) : refOf('restore', failed);
      notify(app, 'error', l10n.t('The restore into {0} failed: {1}', target.name, clip(outcome.reason, 200)), [
        { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [culprit] },
        { label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' },
      ]);
      return;
    }
    case 'deleted':
      notify(app, 'warning', l10n.t('{0} was deleted before the restore ended. Nothing is left to do here.', target.name), []);
      return;
    case 'stoppedWaiting':
      notify(app, 'info', l10n.t('Nobody waits for the restore into {0} any more; it goes on in the cluster.', target.name), [{ ...remove, label: l10n.t('Take It Back…') }]);
  }
}

/** Deletes what came of the restore so far, after a question. */
async function takeBack(app: App, operations: Operations, { context, name, namespace, opsName }: FollowedRestore): Promise<void> {
  const title = l10n.t('Delete the new cluster {0}', name);
  const started = { namespace, clusterName: name, ...(opsName !== undefined && { opsName }) };
  try {
    const outcome = await app.contextRules.change(context, () =>
      deleteRestored(operations, context, started, {
        ask: async ({ message, detail, agree }) => (await app.prompts.confirm({ message, detail, accept: agree })) && (await agreeToChange(app, context, title)).kind === 'value',
      }, operations.session.inventory.line),
    );
    if (outcome !== 'declined') {
      notify(app, 'info', outcome === 'gone' ? l10n.t('{0} is gone already. Nothing is left to do here.', name) : l10n.t('{0} is being deleted.', name), []);
    }
  } catch (error) {
    app.log.warn(`${title}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    notify(app, 'error', error instanceof Error ? error.message : String(error), [{ label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' }]);
  }
}

/** What to look at where no Restore has failed. */
function culpritOf({ name, namespace, opsName }: FollowedRestore): ObjectRef {
  return opsName === undefined ? { kind: 'cluster', name, namespace } : { kind: 'opsRequest', name: opsName, namespace };
}
