import * as l10n from '@vscode/l10n';
import { componentOf } from '../../kubeblocks/clusterIndex';
import { MAX_LABEL } from '../../kubeblocks/names';
import type { Field } from '../field';
import { opsCluster } from './opsBackup';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see pkg/controller/plan/restore.go GetRestoreObjectMeta: CLUSTER-COMPONENT-UID8-preparedata, which becomes a label
 * @see apecloud/kubeblocks#10148, PR #10150
 */
export const restoreNameLength: Rule = {
  code: 'KB-N001',
  severity: 'warning',
  title: 'Restored cluster whose name is too long for a label',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1'],
  kinds: ['Cluster', 'OpsRequest'],
  check(context) {
    const name = context.object.kind === 'Cluster' ? context.root.at('metadata', 'name') : opsCluster(context);
    for (const component of restoredComponents(context)) checkLength(name, component, context);
  },
};

/** Two dashes, eight characters of the cluster's uid, `-preparedata`. */
const ADDED = 22;
/** Of a component that nobody knows. */
const SHORTEST = 1;

function checkLength(name: Field, component: string | undefined, context: RuleContext): void {
  const { text } = name;
  const room = MAX_LABEL - ADDED - (component?.length ?? SHORTEST);
  if (text === undefined || text.length <= room) return;
  const message =
    component === undefined
      ? l10n.t('The name has {0} characters: whatever its component is called, the label of its restore would be longer than {1}, and Kubernetes refuses the restore\'s job. Take {2} characters at most, less where the component\'s name is long.', text.length, MAX_LABEL, room)
      : l10n.t('The name has {0} characters: with component {1} the label of its restore would be longer than {2}, and Kubernetes refuses the restore\'s job. Take {3} characters at most.', text.length, component, MAX_LABEL, room);
  context.report(name, message);
}

/** The annotation names the component of the new cluster, a request takes that of the backup; undefined where nobody knows the backup. */
function restoredComponents(context: RuleContext): readonly (string | undefined)[] {
  return restoreUses(context).map(({ component, backup, namespace }) => {
    if (component !== undefined) return component;
    const source = context.find('Backup', backup.text, namespace)?.object;
    return source === undefined ? undefined : componentOf(source);
  });
}
