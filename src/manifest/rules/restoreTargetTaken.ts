import * as l10n from '@vscode/l10n';
import { LABELS } from '../../kubeblocks/labels';
import { LINES } from '../../kubeblocks/kinds';
import { originText } from '../facts/originText';
import { opsCluster } from './opsBackup';
import type { Rule } from './rule';
import { opsRestore } from './restoreUses';

/**
 * @see pkg/operations/restore.go: cli.Create, "already exists"
 * @see apecloud/kubeblocks#5957
 * @see seen: Creating for ever on 1.0, Failed on 1.2
 */
export const restoreTargetTaken: Rule = {
  code: 'KB-T006',
  severity: 'error',
  title: 'Restore into a cluster that exists',
  lines: LINES.filter((line) => line !== '0.7'),
  kinds: ['OpsRequest'],
  check(context) {
    const { object, line } = context;
    const restore = opsRestore(context);
    const target = opsCluster(context);
    const { text } = target;
    if (restore === undefined || text === undefined || text === '' || (object.name !== undefined && context.findLive('OpsRequest', object.name) !== undefined)) return;
    const taken = object.namespace === undefined ? undefined : context.findLive('Cluster', text);
    if (taken !== undefined) {
      const effect = line === '1.2' ? l10n.t('The request fails.') : l10n.t('The request stays Creating for ever.');
      context.report(target, l10n.t('Cluster {0} exists {1}: a restore always makes a new cluster. {2} Choose another name.', text, originText(taken.origin), effect));
      return;
    }
    const namespace = restore.at('backupNamespace').text ?? object.namespace;
    const backup = context.find('Backup', restore.at('backupName').text ?? '', namespace);
    if (backup?.object.metadata.labels?.[LABELS.instance] !== text || namespace !== object.namespace) return;
    context.report(target, l10n.t('{0} is the cluster that was backed up: a restore always makes a new cluster. Unless the old one is gone, choose another name.', text), { severity: 'warning' });
  },
};
