import * as l10n from '@vscode/l10n';
import { componentOf } from '../../kubeblocks/clusterIndex';
import type { Fact } from '../facts/facts';
import { originText } from '../facts/originText';
import type { Fix } from '../fix';
import { componentNames } from './componentNames';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/volumepopulator_controller.go: the selector of the backup's target holds the component's name
 * @see seen on the 1.2 line: Restore True/RestoreCompleted, the volume "provisioned without data restore"
 */
export const restoreComponentName: Rule = {
  code: 'KB-C002',
  severity: 'error',
  title: 'Restored cluster without the component of the backup',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const names = componentNames(context);
    if (names === undefined) return;
    for (const { backup, namespace } of restoreUses(context)) {
      const fact = context.find('Backup', backup.text, namespace);
      const component = sourceOf(fact);
      if (fact === undefined || component === undefined || names.includes(component)) continue;
      context.report(backup.field, l10n.t('Backup {0} {1} is of component {2}, which this cluster does not have (it has {3}): the cluster starts empty, and says it was restored. Call the component {2}.', backup.text, originText(fact.origin), component, names.join(', ')), { fixes: rename(component, context) });
    }
  },
};

/** Of a cluster of one component, which nothing else in it names. */
function rename(component: string, context: RuleContext): readonly Fix[] {
  const { spec } = context;
  const [only, another] = spec.at('componentSpecs').items;
  if (only === undefined || another !== undefined || spec.at('shardings').isWritten || spec.at('services').isWritten) return [];
  return [context.setValue(l10n.t('Name it {0}', component), only.at('name'), component)];
}

/** Of a sharding each shard is a component too, with a name that a manifest does not know. */
function sourceOf(fact: Fact | undefined): string | undefined {
  return fact === undefined ? undefined : componentOf(fact.object);
}
