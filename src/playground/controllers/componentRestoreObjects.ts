import type { Backup, KubeObject } from '../../kubeblocks/objects';
import { controllerOf, withoutUndefined } from '../runtime/edits';
import { accountSecretName, APPS_ANNOTATION, APPS_LABEL } from './clusterNames';
import type { VolumeClaimTemplate } from './clusterShapes';
import { rolesByPriority, selectorLabels, type ComponentParts } from './componentParts';
import { listIn, type RestoreEntry } from './componentRestoreEntry';
import { LABEL, shortUid } from './names';
import { oneToOne } from './sourcePod';

interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
}

interface TargetVolumes {
  readonly volumes?: readonly string[];
  readonly volumeMounts?: readonly VolumeMount[];
}

/** `<cluster>-<component>-<first 8 of the Cluster's UID>-<stage>` (`pkg/controller/plan/restore.go`). */
export function restoreName(parts: ComponentParts, stage: 'preparedata' | 'postready'): string {
  return `${parts.fullName}-${shortUid(parts.cluster)}-${stage}`;
}

/**
 * The Restore that fills the component's volumes before its pods start, or undefined where there is nothing to fill:
 * a volume that only the backup or only the cluster has is left out without a word.
 */
export function prepareDataRestore(parts: ComponentParts, entry: RestoreEntry, backup: Backup): object | undefined {
  const targets = targetVolumes(backup);
  const names = new Set([...(targets?.volumes ?? []), ...(targets?.volumeMounts ?? []).map(({ name }) => name)]);
  const templates = (parts.component.spec.volumeClaimTemplates ?? []).filter(({ name }) => names.has(name));
  if (templates.length === 0) return undefined;
  return restore(parts, entry, backup, 'preparedata', {
    prepareDataConfig: {
      schedulingSpec: {},
      volumeClaimRestorePolicy: entry.volumeRestorePolicy ?? 'Parallel',
      ...oneToOne(backup, sourceTargetName(parts)),
      volumeClaimsTemplate: {
        replicas: parts.component.spec.replicas,
        templates: templates.map((template) => claimTemplate(parts, template)),
      },
    },
  });
}

/** The Restore that runs once the component is Running; it is made whether or not the action set has such a stage. */
export function postReadyRestore(parts: ComponentParts, entry: RestoreEntry, backup: Backup): object {
  return restore(parts, entry, backup, 'postready', { readyConfig: readyConfigOf(parts, backup) });
}

/** Where what a database needs after its restore is run, and as whom. */
export function readyConfigOf(parts: ComponentParts, backup: KubeObject): object {
  const labels = selectorLabels(parts);
  const account = parts.definition.spec.systemAccounts?.find(({ initAccount }) => initAccount === true);
  const role = rolesByPriority(parts.definition)[0]?.name;
  const mounts = targetVolumes(backup)?.volumeMounts;
  return withoutUndefined({
    connectionCredential: account && {
      secretName: accountSecretName(parts.cluster.metadata.name, parts.name, account.name),
      usernameKey: 'username',
      passwordKey: 'password',
    },
    execAction: { target: { podSelector: { matchLabels: labels } } },
    jobAction: {
      ...oneToOne(backup, sourceTargetName(parts)),
      target: {
        podSelector: { matchLabels: role === undefined ? labels : { ...labels, [LABEL.role]: role }, strategy: 'Any' },
        ...(mounts !== undefined && { volumeMounts: mounts }),
      },
    },
  });
}

function sourceTargetName(parts: ComponentParts): string | undefined {
  return parts.component.metadata.annotations?.[APPS_ANNOTATION.sourceTarget];
}

function targetVolumes(backup: KubeObject): TargetVolumes | undefined {
  return (backup as { readonly status?: { readonly backupMethod?: { readonly targetVolumes?: TargetVolumes } } }).status?.backupMethod?.targetVolumes;
}

function claimTemplate(parts: ComponentParts, template: VolumeClaimTemplate): object {
  const { compDef } = parts.component.spec;
  return {
    metadata: {
      name: `${template.name}-${parts.fullName}`,
      labels: {
        ...selectorLabels(parts),
        [APPS_LABEL.definition]: compDef,
        [APPS_LABEL.definitionName]: compDef,
        [APPS_LABEL.claimTemplate]: template.name,
      },
    },
    volumeClaimSpec: { accessModes: ['ReadWriteOnce'], ...template.spec },
    volumeSource: template.name,
  };
}

function restore(parts: ComponentParts, entry: RestoreEntry, backup: Backup, stage: 'preparedata' | 'postready', config: object): object {
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Restore',
    metadata: {
      name: restoreName(parts, stage),
      namespace: parts.namespace,
      labels: selectorLabels(parts),
      ownerReferences: [controllerOf(parts.component)],
    },
    spec: withoutUndefined({
      backup: withoutUndefined({ name: backup.metadata.name, namespace: backup.metadata.namespace, sourceTargetName: sourceTargetName(parts) }),
      restoreTime: entry.restoreTime,
      env: listIn(entry.restoreEnv),
      parameters: listIn(entry.restoreParameters),
      ...config,
    }),
  };
}
