import * as l10n from '@vscode/l10n';
import { ANNOTATIONS, LABELS } from '../../kubeblocks/labels';
import type { Cluster } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { methodUses } from './methodUses';
import { opsCluster } from './opsBackup';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/** @see seen on 1.0: a Backup stays Running, its action New, with the event "backup job is delayed because restore is in progress", as long as the Cluster has the restore annotation; for ever where that names an unknown component */
export const backupDuringRestore: Rule = {
  code: 'KB-B013',
  severity: 'warning',
  title: 'Backup of a cluster that is being restored',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1'],
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const [use] = methodUses(context);
    const cluster = use === undefined ? undefined : clusterOf(use.policy, context);
    const annotation = cluster?.object.metadata.annotations?.[ANNOTATIONS.restoreFromBackup];
    if (use === undefined || cluster === undefined || annotation === undefined) return;
    const names = componentsOf(cluster.object);
    const lost = entriesOf(annotation).filter((name) => names.length > 0 && !names.includes(name));
    const { name } = cluster.object.metadata;
    const message =
      lost.length > 0
        ? l10n.t('Cluster {0} {1} has a restore annotation that names {2}, which is no component of it. The annotation stays for ever, and so long the backup waits. Remove it from the Cluster.', name, originText(cluster.origin), lost.join(', '))
        : l10n.t('Cluster {0} {1} is being restored: the backup waits until its restore annotation is gone.', name, originText(cluster.origin));
    const field = context.object.kind === 'OpsRequest' ? opsCluster(context) : use.backup.at('backupPolicyName');
    context.report(field, message, lost.length > 0 ? {} : { severity: 'info' });
  },
};

function clusterOf(policy: string | undefined, context: RuleContext): ReturnType<RuleContext['findLive']> {
  const name = context.object.kind === 'OpsRequest' ? opsCluster(context).text : policy === undefined ? undefined : context.find('BackupPolicy', policy)?.object.metadata.labels?.[LABELS.instance];
  return name === undefined ? undefined : context.findLive('Cluster', name);
}

function componentsOf({ spec }: Cluster): readonly string[] {
  return [...(spec?.componentSpecs ?? []), ...(spec?.shardings ?? [])].flatMap(({ name }) => name ?? []);
}

function entriesOf(annotation: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(annotation);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
