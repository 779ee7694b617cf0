import * as l10n from '@vscode/l10n';
import { labelOf } from '../../kubeblocks/labelOf';
import { LABELS } from '../../kubeblocks/labels';
import type { Backup } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/**
 * @see controllers/dataprotection/volumepopulator_controller.go: "the source targets count of the backup must be equal to or less than the count of the shard components"
 * @see pkg/controller/plan/restore.go of 0.9 to 1.1: more targets than shards are an error
 */
export const shardsTooFew: Rule = {
  code: 'KB-C012',
  severity: 'error',
  title: 'Restored cluster with fewer shards than were backed up',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    for (const { backup, namespace, component } of restoreUses(context)) {
      const source = context.find('Backup', backup.text, namespace);
      const { status } = (source?.object ?? {}) as Backup;
      const targets: unknown = status?.targets;
      const count = Array.isArray(targets) ? targets.length : 0;
      const name = source === undefined ? undefined : (component ?? labelOf(source.object, LABELS.sharding));
      const sharding = context.spec.at('shardings').items.find((each) => each.at('name').text === name);
      const shards = sharding?.at('shards');
      if (source === undefined || shards?.number === undefined || count <= shards.number) continue;
      context.report(shards, l10n.t('Backup {0} {1} was made of {2} shards, and {3} has {4}: the restore fails for good. Ask for {2} at least.', backup.text, originText(source.origin), count, name ?? '', shards.number), {
        fixes: [context.setValue(l10n.t('Change to {0}', String(count)), shards, count)],
      });
    }
  },
};
