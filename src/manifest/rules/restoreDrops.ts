import * as l10n from '@vscode/l10n';
import { notCarried, type NotCarried } from '../../kubeblocks/clusterSnapshot';
import { LABELS } from '../../kubeblocks/labels';
import type { Cluster } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/** @see pkg/operations/restore.go getClusterObjFromBackup: services of type LoadBalancer, node ports and offline instances are left out; TLS and issuer too on branches release-1.0 and 1.1 and on the 1.2 line */
export const restoreDrops: Rule = {
  code: 'KB-T013',
  severity: 'info',
  title: 'What a restored cluster does not take over',
  lines: ['0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    for (const { backup, namespace } of restoreUses(context)) {
      const name = context.find('Backup', backup.text, namespace)?.object.metadata.labels?.[LABELS.instance];
      const cluster = name === undefined ? undefined : context.find('Cluster', name, namespace);
      const lost = cluster === undefined ? [] : lostBy(cluster.object as Cluster).filter((each) => each !== 'tls' || (context.line !== '0.8' && context.line !== '0.9'));
      if (cluster === undefined || lost.length === 0) continue;
      context.report(backup.field, l10n.t('The restored cluster does not take over from {0} ({1}): {2}.', cluster.object.metadata.name, originText(cluster.origin), lost.map((each) => WORDS[each]()).join(', ')));
    }
  },
};

function lostBy(cluster: Cluster): readonly NotCarried[] {
  const spec: unknown = cluster.spec;
  return typeof spec === 'object' && spec !== null ? notCarried(cluster) : [];
}

const WORDS: Readonly<Record<NotCarried, () => string>> = {
  tls: () => l10n.t('TLS and its issuer'),
  loadBalancer: () => l10n.t('services of type LoadBalancer'),
  nodePorts: () => l10n.t('the numbers of node ports'),
  offlineInstances: () => l10n.t('offline instances'),
};
