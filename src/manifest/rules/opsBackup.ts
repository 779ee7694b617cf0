import { ANNOTATIONS } from '../../kubeblocks/labels';
import { BY_CLUSTER } from '../facts/factIndex';
import type { Fact } from '../facts/facts';
import type { Field } from '../field';
import type { RuleContext } from './ruleContext';

/** What an OpsRequest of type Backup says of it; undefined for other types, and for a request that the cluster holds already. */
export function opsBackup(context: RuleContext): Field | undefined {
  const { spec, line, object } = context;
  if (spec.at('type').text !== 'Backup' || (object.name !== undefined && context.findLive('OpsRequest', object.name) !== undefined)) return undefined;
  const isOld = line === '0.7' || line === '0.8' || (line === '0.9' && !spec.at('backup').isWritten);
  return spec.at(isOld ? 'backupSpec' : 'backup');
}

/** The cluster that an OpsRequest is about: `clusterName`, `clusterRef` up to 0.9. */
export function opsCluster({ spec, line }: RuleContext): Field {
  const isOld = line === '0.7' || line === '0.8' || (line === '0.9' && !spec.at('clusterName').isWritten);
  return spec.at(isOld ? 'clusterRef' : 'clusterName');
}

/** The policies of a cluster that a request may take where it names none (`getDefaultBackupPolicy` of `pkg/operations/backup.go`). */
export function defaultPolicies(cluster: string, context: RuleContext): readonly Fact[] {
  return context.select('BackupPolicy', BY_CLUSTER, cluster).filter(({ object: { metadata } }) => metadata.annotations?.[ANNOTATIONS.defaultPolicy] === 'true');
}
