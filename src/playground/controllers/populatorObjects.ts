import type { AnyObject } from '../../kubeblocks/objects';
import { withoutUndefined } from '../runtime/edits';
import { APPS_LABEL } from './clusterNames';
import { LABEL } from './names';
import type { PopulatedClaim } from './populatorClaim';
import type { PopulatorPlan } from './populatorPlan';
import { INTENT } from './restoreIntent';
import type { RequiredPolicy } from './shapes';

const RESTORE_LABEL = {
  backupName: 'dataprotection.kubeblocks.io/backup-name',
  populatedClaim: 'dataprotection.kubeblocks.io/populate-pvc',
  namespace: 'dataprotection.kubeblocks.io/restore-namespace',
} as const;

/** Of the claim beside the one with this uid, and of the Restore that fills it. */
export function stagingName(uid: string): string {
  return `kb-populate-${uid}`;
}

/** As the claim is, but filled by nobody, or from the backup's snapshot. */
export function stagingClaim(claim: PopulatedClaim, { backup, fillsVolume }: PopulatorPlan): AnyObject {
  const snapshot = fillsVolume ? snapshotOf(claim, backup) : undefined;
  const source = snapshot === undefined ? undefined : { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: snapshot };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: stagingName(claim.metadata.uid ?? ''), namespace: claim.metadata.namespace ?? '' },
    spec: { ...claimSpec(claim), ...(source !== undefined && { dataSource: source, dataSourceRef: source }) },
  };
}

function claimSpec({ spec = {} }: PopulatedClaim): Readonly<Record<string, unknown>> {
  return withoutUndefined({ ...spec, dataSource: undefined, dataSourceRef: undefined, volumeName: undefined });
}

function snapshotOf({ metadata }: PopulatedClaim, { status }: PopulatorPlan['backup']): string | undefined {
  const taken = (status?.actions ?? []).flatMap(({ volumeSnapshots }) => volumeSnapshots ?? []);
  return taken.find(({ volumeName }) => volumeName === metadata.annotations?.[INTENT.volumeTemplate])?.name;
}

/** The Restore that fills the claim beside. */
export function executionRestore(claim: PopulatedClaim, plan: PopulatorPlan): AnyObject {
  const { metadata } = claim;
  const { annotations = {}, labels = {}, namespace = '' } = metadata;
  const name = stagingName(metadata.uid ?? '');
  const kept = [INTENT.component, INTENT.sourceNamespace, INTENT.volumeTemplate].map((key) => [key, annotations[key] ?? ''] as const);
  return restoreOf(plan, {
    name,
    namespace,
    annotations: Object.fromEntries(kept),
    labels: withoutUndefined({
      ...componentLabels(labels),
      [APPS_LABEL.claimTemplate]: annotations[INTENT.volumeTemplate],
      [RESTORE_LABEL.populatedClaim]: name,
    }),
    owner: { apiVersion: claim.apiVersion, kind: claim.kind, name: metadata.name, uid: metadata.uid ?? '' },
    config: {
      prepareDataConfig: {
        schedulingSpec: { tolerations: [{ operator: 'Exists' }] },
        volumeClaimRestorePolicy: plan.options.volumePolicy,
        ...sourceOf(claim, plan),
        volumeClaims: [{ metadata: { name, namespace }, volumeClaimSpec: claimSpec(claim), volumeSource: annotations[INTENT.volumeTemplate] }],
      },
    },
  });
}

/** Of a backup of all pods, a claim gets the copy of the pod that stood at its place. */
function sourceOf({ metadata }: PopulatedClaim, { target }: PopulatorPlan): { readonly requiredPolicyForAllPodSelection?: RequiredPolicy } {
  if (target?.podSelector?.strategy !== 'All') return {};
  const pods = target.selectedTargetPods ?? [];
  const targetPodName = pods[Number(/\d+$/.exec(metadata.name)?.[0] ?? 0)] ?? pods[0] ?? '';
  return { requiredPolicyForAllPodSelection: { dataRestorePolicy: 'OneToMany', sourceOfOneToMany: { targetPodName } } };
}

/** The labels by which a Restore tells whose it is. */
export function componentLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const told = [LABEL.instance, LABEL.component, LABEL.sharding].flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  return Object.fromEntries(told);
}

export interface RestoreParts {
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels: object;
  readonly owner: { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string };
  readonly config: object;
}

/** A Restore as the populator makes it. */
export function restoreOf({ backup, target, pitr, options }: PopulatorPlan, parts: RestoreParts): AnyObject {
  const { name, namespace, annotations, labels, owner, config } = parts;
  const sourceTargetName = backup.status?.targets === undefined ? undefined : target?.name;
  return {
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Restore',
    metadata: {
      name,
      namespace,
      ...(annotations !== undefined && { annotations }),
      labels: { ...labels, [RESTORE_LABEL.backupName]: backup.metadata.name, [LABEL.restore]: name, [RESTORE_LABEL.namespace]: namespace },
      ownerReferences: [owner],
    },
    spec: withoutUndefined({
      backup: withoutUndefined({ name: backup.metadata.name, namespace: backup.metadata.namespace, sourceTargetName }),
      restoreTime: pitr,
      env: options.env,
      parameters: options.parameters,
      ...config,
    }),
  };
}
