import * as l10n from '@vscode/l10n';
import { componentNames, componentOf } from './clusterIndex';
import type { Inventory } from './inventory';
import { objectKey } from './inventory';
import { ANNOTATIONS } from './labels';
import type { Cluster } from './objects';

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
