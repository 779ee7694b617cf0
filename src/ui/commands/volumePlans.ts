import * as l10n from '@vscode/l10n';
import { describeVolumePlan } from '../../kubeblocks/describe/describeVolumePlan';
import { volumePlanFingerprint } from '../../kubeblocks/planFingerprint';
import { planVolumeRestore, type VolumeRestorePlan } from '../../kubeblocks/volumeRestorePlan';
import { planHash } from '../../operations/planHash';
import { readSurroundings } from '../../operations/readSurroundings';
import { loadBackup } from '../../operations/restore';
import { readVolumes } from '../../operations/volumeRestore';
import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { MadePlan, PlanKind } from '../restorePlans/planKind';
import { linkOf } from '../restorePlans/planLink';
import { followVolumes, followedVolumes } from './followVolumes';
import { withoutForbidden } from './forbiddenRestore';
import { askVolumeChange } from './volumeChanges';
import { volumeRequestOf, volumesNamespace, type VolumeDraft } from './volumeDraft';

/** Restores by a Restore object: into claims, or of the steps after the start in a cluster that runs. */
export const VOLUME_PLANS: PlanKind<VolumeDraft, VolumeRestorePlan> = {
  make,
  page: describeVolumePlan,
  title: ({ backup }) => l10n.t('Restore {0}', backup.metadata.name),
  summary: (_app, { backup }, { object, target }, context) => l10n.t('Creates Restore {0} from {1}, in {2} ({3}).', object.metadata.name, backup.metadata.name, target.namespace, context),
  changeable: () => l10n.t('Claims, whose copy, order of volumes, variables'),
  change: askVolumeChange,
  kept: ({ volumeRestorePolicy, env, sourceTarget, sourcePod }) => ({
    ...(volumeRestorePolicy && { volumeRestorePolicy }),
    ...(env && { env }),
    ...(sourceTarget !== undefined && { sourceTarget }),
    ...(sourcePod !== undefined && { sourcePod }),
  }),
  fileName: ({ object }) => object.metadata.name,
  link: (context, draft, { target }) => {
    const { claims, cluster, sourceTarget, sourcePod } = draft;
    const volumes = { claims, ...(cluster !== undefined && { cluster }), ...(sourceTarget !== undefined && { sourceTarget }), ...(sourcePod !== undefined && { sourcePod }) };
    return { ...linkOf(context, draft), targetName: target.name, targetNamespace: target.namespace, volumes };
  },
  kbcli: () => undefined,
  followed: followedVolumes,
  follow: (app, operations, plan) => followVolumes(app, operations, followedVolumes(operations.session.context, plan)),
};

async function make(app: App, operations: Operations, draft: VolumeDraft, signal?: AbortSignal): Promise<MadePlan<VolumeRestorePlan>> {
  const { api } = operations.session;
  const [target, { metadata }] = [volumesNamespace(draft), draft.backup];
  const [backup, volumes, around, { judgedPlan }] = await Promise.all([
    loadBackup(operations, metadata.namespace, metadata.name, signal),
    readVolumes(api, target, signal),
    readSurroundings(api, { source: metadata.namespace ?? target, target }, signal),
    import('../../manifest/judgePlan.js'),
  ]);
  const { inventory } = operations.session;
  const planned = planVolumeRestore(inventory, volumeRequestOf({ ...draft, backup }, inventory), volumes, app.time(), around);
  const plan = inventory.line === undefined ? planned : judgedPlan(planned, inventory, around, await app.dialectOf(inventory.line));
  return { plan: withoutForbidden(plan), hash: await planHash(volumePlanFingerprint(plan)) };
}
