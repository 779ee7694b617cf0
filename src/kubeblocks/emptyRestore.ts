import * as l10n from '@vscode/l10n';
import { instant } from './backupState';
import { componentNames, componentOf } from './clusterIndex';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { jsonAt, jsonObjects, jsonText } from './json';
import { ANNOTATIONS } from './labels';
import type { AnyObject, Cluster, Restore } from './objects';
import { recoveryWindow, segmentAt } from './recoveryWindow';
import { leftOutText } from './windowText';

interface RestoreIntent {
  readonly source?: { readonly name?: string; readonly namespace?: string };
}

/**
 * Why a running cluster that was to be restored holds nothing, as far as its objects show it: KubeBlocks reports no
 * error in these cases. Undefined where there is no such sign.
 */
export function emptyRestoreReason(inventory: Inventory, cluster: Cluster): string | undefined {
  if (cluster.status?.phase !== 'Running') {
    return undefined;
  }
  const annotation = cluster.metadata.annotations?.[ANNOTATIONS.restoreFromBackup];
  return (annotation === undefined ? undefined : ignoredAnnotation(inventory, cluster, annotation)) ?? otherComponent(inventory, cluster);
}

/** 1.2 ignores the annotation; before, a key that is no component stays in it for ever. */
function ignoredAnnotation(inventory: Inventory, cluster: Cluster, annotation: string): string | undefined {
  if (inventory.line === '1.2') {
    return l10n.t('KubeBlocks 1.2 ignores the annotation {0}', ANNOTATIONS.restoreFromBackup);
  }
  const names = componentNames(cluster);
  const unknown = annotationKeys(annotation).filter((key) => !names.includes(key));
  return unknown.length === 0 ? undefined : l10n.t('its restore annotation names {0}, which is no component of it', unknown.join(', '));
}

/** 1.2: volumes are restored by component name; another name gets empty volumes and a good condition. */
function otherComponent(inventory: Inventory, cluster: Cluster): string | undefined {
  const source = (cluster.spec?.restore as RestoreIntent | undefined)?.source;
  const backup = inventory.backups.items.get(objectKey(source?.namespace ?? cluster.metadata.namespace, source?.name ?? ''));
  const component = backup === undefined ? undefined : componentOf(backup);
  return component === undefined || componentNames(cluster).includes(component)
    ? undefined
    : l10n.t('the backup is of component {0}, which it does not have', component);
}

function annotationKeys(annotation: string): string[] {
  try {
    const parsed: unknown = JSON.parse(annotation);
    return typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}

/**
 * Why the volumes of a running cluster hold nothing, as its claims say (1.2): each came up without data, or was to be
 * restored and never began, because the API server dropped where from. Undefined where one of them got data, or may yet.
 */
export function emptyClaimsReason(cluster: Cluster, claims: readonly AnyObject[]): string | undefined {
  const asked = claims.filter(({ metadata }) => metadata.annotations?.[RESTORE_SOURCE.name] !== undefined);
  if (asked.length === 0) {
    return undefined;
  }
  const provisioned = asked.flatMap((claim) => conditionsOf(claim).filter(({ type, reason }) => type === 'Restore' && reason === 'Provisioned'));
  if (provisioned.length === asked.length) {
    return l10n.t('its volumes came up without data ({0})', provisioned[0]?.message ?? 'Provisioned');
  }
  const source = asked[0]?.metadata.annotations?.[RESTORE_SOURCE.namespace];
  const isDropped = asked.every((claim) => jsonText(claim, 'status', 'phase') === 'Bound' && jsonAt(claim, 'spec', 'dataSourceRef') === undefined && conditionsOf(claim).length === 0);
  return isDropped && source !== undefined && source !== cluster.metadata.namespace
    ? l10n.t('the backup is in namespace {0}, and the API server dropped it as the source of the volumes (its gate CrossNamespaceVolumeDataSource is off)', source)
    : undefined;
}

/** What the cluster's own condition (1.2) says where there was nothing to restore. */
export function emptyConditionReason(cluster: Cluster): string | undefined {
  const message = cluster.status?.conditions?.find(({ type, status }) => type === 'Restore' && status === 'True')?.message;
  return message === undefined ? undefined : l10n.t('no Restore was made for it ({0})', message);
}

/** Why a log was replayed without the base it builds on, which KubeBlocks leaves out without a word. Undefined where it was not. */
export function withoutBaseReason(inventory: Inventory, restores: readonly Restore[]): string | undefined {
  for (const { metadata, spec } of restores) {
    const log = inventory.backups.items.get(objectKey(spec?.backup?.namespace ?? metadata.namespace, spec?.backup?.name ?? ''));
    const at = instant(spec?.restoreTime);
    const window = log === undefined || at === undefined ? undefined : recoveryWindow(inventory, log);
    const segment = window === undefined || at === undefined ? undefined : segmentAt(window, at);
    if (log !== undefined && segment?.kind === 'unreachable' && (segment.reason === 'snapshotBase' || segment.reason === 'volumesBase')) {
      return leftOutText(segment.reason, segment.base, log);
    }
  }
  return undefined;
}

/** Annotations that tell a claim what it is restored from (`restore_intent.go`). */
const RESTORE_SOURCE = { name: 'apps.kubeblocks.io/restore-source-name', namespace: 'apps.kubeblocks.io/restore-source-namespace' } as const;

function conditionsOf(claim: AnyObject): readonly { readonly type: string | undefined; readonly reason: string | undefined; readonly message: string | undefined }[] {
  return jsonObjects(claim, 'status', 'conditions').map((each) => ({ type: jsonText(each, 'type'), reason: jsonText(each, 'reason'), message: jsonText(each, 'message') }));
}
