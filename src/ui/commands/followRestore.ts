import * as l10n from '@vscode/l10n';
import { KINDS } from '../../kubeblocks/kinds';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import { restoreState } from '../../kubeblocks/restoreState';
import { followRestore as follow, type RestoreOutcome } from '../../operations/followRestore';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import { refOf, type ObjectRef } from '../objectRef';
import { clip } from '../views/clip';
import { notify } from './notify';
import { reporting } from './reporting';

/** Shows how a restore goes until the new cluster runs, or why it does not. Stopping to wait leaves the restore alone. */
export async function followRestore(app: App, operations: Operations, plan: RestorePlan): Promise<void> {
  const { name, namespace } = plan.target;
  const byRequest = plan.resource.kind === KINDS.opsRequest.kind;
  const started = { namespace, clusterName: name, ...(byRequest ? { opsName: plan.object.metadata.name } : {}) };
  const outcome = await app.views.withProgress(l10n.t('Restore into {0} (“Cancel” only stops waiting)', name), (report, signal) =>
    follow(operations, () => operations.session.inventory, started, reporting(report, signal)),
  );
  tellOutcome(app, plan, outcome);
}

function tellOutcome(app: App, { target, object }: RestorePlan, outcome: RestoreOutcome): void {
  const cluster: ObjectRef = { kind: 'cluster', name: target.name, namespace: target.namespace };
  const show = { label: l10n.t('Show'), command: 'kubeblocksBackup.revealInTree', arguments: [cluster] };
  switch (outcome.kind) {
    case 'restored':
      notify(app, 'info', l10n.t('{0} is running with the restored data ({1} of {1} restores completed).', target.name, outcome.restores), [show]);
      return;
    case 'empty':
      notify(app, 'warning', l10n.t('{0} is running, but nothing was restored: {1}. Delete it, and restore again.', target.name, outcome.reason), [show]);
      return;
    case 'failed': {
      const failed = outcome.seen.restores.find((restore) => restoreState(restore) === 'failed');
      const culprit: ObjectRef = failed === undefined ? { kind: 'opsRequest', name: object.metadata.name, namespace: target.namespace } : refOf('restore', failed);
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
      notify(app, 'info', l10n.t('Nobody waits for the restore into {0} any more; it goes on in the cluster.', target.name), []);
  }
}
