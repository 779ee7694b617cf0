import * as l10n from '@vscode/l10n';
import type { ActionSet, BackupMethod } from '../../kubeblocks/objects';
import type { Fact } from '../facts/facts';
import type { Surroundings } from '../facts/surroundings';
import type { ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import { policyMethods } from '../rules/policyMethods';
import { paragraph, type DocBlock } from './docBlock';
import { originDetail } from './objectValues';
import type { Suggestion } from './suggestion';
import { textIn } from './textIn';
import type { Typed } from './typedAt';

/** Methods of the policy in question; of the policies of a Cluster, where no policy is named. */
export function methodValues({ object, path }: Typed, around: Surroundings): readonly Suggestion[] {
  if (object === undefined) return [];
  const key = path.at(-1);
  if (key === 'compatibleMethod' || (object.kind === 'Cluster' && key === 'continuousMethod')) return [];
  return policiesInQuestion(object, path, around).flatMap((policy) => methodsOf(policy, object, around));
}

function policiesInQuestion(object: ManifestObject, path: Path, around: Surroundings): readonly Fact[] {
  const key = path.at(-1);
  if (object.kind === 'Cluster') {
    const isMethod = path.length === 3 && path[1] === 'backup' && key === 'method';
    return isMethod ? around.all('BackupPolicy', object.namespace).facts.filter(({ object: policy }) => policy.metadata.labels?.['app.kubernetes.io/instance'] === object.name) : [];
  }
  if (key !== 'backupMethod') return [];
  const name = textIn(object.root, object.kind === 'OpsRequest' ? [...path.slice(0, -1), 'backupPolicyName'] : ['spec', 'backupPolicyName']);
  const policy = name === undefined ? undefined : around.find('BackupPolicy', object.namespace, name);
  return policy === undefined ? [] : [policy];
}

/** A log method cannot be asked for by a Backup. */
function methodsOf(policy: Fact, asking: ManifestObject, around: Surroundings): readonly Suggestion[] {
  const byHand = asking.kind === 'Backup' || asking.kind === 'OpsRequest';
  return policyMethods(policy)
    .filter((method) => !byHand || backupTypeOf(method, around) !== 'Continuous')
    .map((method) => ({
      value: method.name,
      kind: 'reference',
      detail: l10n.t('{0} of {1}, {2}', backupTypeOf(method, around) ?? l10n.t('method'), policy.object.metadata.name, originDetail(policy.origin)),
      documentation: () => methodText(method, around),
    }));
}

/** `Full`, `Continuous`…; undefined where the action set is not known. */
export function backupTypeOf(method: BackupMethod, around: Surroundings): string | undefined {
  const type = actionSetOf(method, around)?.spec?.backupType;
  return typeof type === 'string' ? type : method.snapshotVolumes === true ? 'Full' : undefined;
}

/** What a method does, and by what. */
export function methodText(method: BackupMethod, around: Surroundings): readonly DocBlock[] {
  const type = backupTypeOf(method, around);
  const set = actionSetOf(method, around);
  const lines = [
    type === undefined ? undefined : l10n.t('Backup type: {0}', type),
    method.snapshotVolumes === true ? l10n.t('Snapshots of volumes, made by the storage.') : undefined,
    typeof method.actionSetName !== 'string' || method.actionSetName === '' ? undefined : set === undefined ? l10n.t('Action set: {0} (not known here)', method.actionSetName) : l10n.t('Action set: {0}', method.actionSetName),
    typeof method.compatibleMethod === 'string' ? l10n.t('Builds on backups of {0}.', method.compatibleMethod) : undefined,
    set?.spec?.restore?.baseBackupRequired === false ? l10n.t('Restores without a base backup.') : undefined,
    set !== undefined && set.spec?.restore === undefined ? l10n.t('Its action set has no restore: backups of it cannot be restored.') : undefined,
  ];
  const items = lines.filter((line) => line !== undefined);
  return items.length === 0 ? [] : items.length === 1 ? [paragraph(items[0] ?? '')] : [{ kind: 'list', items }];
}

function actionSetOf({ actionSetName }: BackupMethod, around: Surroundings): ActionSet | undefined {
  return typeof actionSetName === 'string' ? around.find('ActionSet', undefined, actionSetName)?.object : undefined;
}
