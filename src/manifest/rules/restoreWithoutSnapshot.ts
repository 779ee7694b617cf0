import * as l10n from '@vscode/l10n';
import { labelOf } from '../../kubeblocks/labelOf';
import { ANNOTATIONS, LABELS } from '../../kubeblocks/labels';
import { originText } from '../facts/originText';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/**
 * @see pkg/operations/restore.go getClusterObjFromBackup: "missing snapshot annotation in backup %s"
 * @see pkg/operations/restore.go of 0.9 to 1.1: "unable to obtain the name of the component to be recovered"
 */
export const restoreWithoutSnapshot: Rule = {
  code: 'KB-T016',
  severity: 'error',
  title: 'Restore request for a backup that does not know its cluster',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    for (const { backup, namespace } of restoreUses(context)) {
      const source = context.find('Backup', backup.text, namespace);
      if (source?.origin.kind !== 'cluster') continue;
      const { annotations } = source.object.metadata;
      const where = originText(source.origin);
      if (annotations?.[ANNOTATIONS.clusterSnapshot] === undefined) {
        context.report(backup.field, l10n.t('Backup {0} {1} does not say what its cluster looked like (annotation {2}): the request fails. Write the Cluster yourself, and restore into it.', backup.text, where, ANNOTATIONS.clusterSnapshot));
      } else if (context.line !== '1.2' && labelOf(source.object, LABELS.component) === undefined && labelOf(source.object, LABELS.sharding) === undefined) {
        context.report(backup.field, l10n.t('Backup {0} {1} does not say which component it is of (label {2}): the request fails.', backup.text, where, LABELS.component));
      }
    }
  },
};
