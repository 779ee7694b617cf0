import * as l10n from '@vscode/l10n';
import { sizeText } from '../bytes';
import { isSnapshot } from '../backupState';
import { planVerdict } from '../restorePlanText';
import { localAndUtcText, type TimeContext } from '../timeText';
import type { PlannedClaim, VolumeRestorePlan } from '../volumeRestorePlan';
import { closingSections, openingSections, readsSection, type PlanEdition, type RunbookCommands } from './describeRestorePlan';
import type { Page } from './page';
import { list, page } from './page';

/** The plan of a restore into volumes as a page to read before anything is created; with commands, a runbook. */
export function describeVolumePlan(plan: VolumeRestorePlan, edition: PlanEdition, time: TimeContext, commands?: RunbookCommands): Page {
  const { reads, object, target, claims } = plan;
  return page(volumePlanTitle(plan, time), planVerdict(plan), [
    ...openingSections(plan, l10n.t('a Restore object'), edition, time),
    readsSection(reads, time),
    list(l10n.t('Creates'), [l10n.t('{0} {1} in {2}', object.kind, object.metadata.name, target.namespace), ...claims.map((claim) => claimText(plan, claim))]),
    list(l10n.t('Not restored'), [
      l10n.t('Cluster, accounts and services: a Restore object makes none.'),
      plan.request.restoreTime === undefined ? l10n.t('What was written after the backup ended.') : l10n.t('What was written after the chosen instant.'),
    ]),
    list(l10n.t('Steps'), stepTexts(plan).map((step, index) => `${index + 1}. ${step}`)),
    ...closingSections(plan, edition, commands === undefined ? undefined : { ...commands, restored: [doneText(), l10n.t('Read something that was written shortly before the backup ended or the instant that was chosen.')] }),
  ]);
}

/** `Restore volumes from full-1 into rescued`. */
export function volumePlanTitle({ request: { backup, restoreTime, stage }, target }: VolumeRestorePlan, time: TimeContext): string {
  const { name } = backup.metadata;
  if (stage === 'postReady') return l10n.t('Run the steps after the start from {0} in {1}', name, target.name);
  return restoreTime === undefined ? l10n.t('Restore volumes from {0} into {1}', name, target.name) : l10n.t('Restore volumes from {0} to {1} into {2}', name, localAndUtcText(restoreTime, time), target.name);
}

function claimText({ request }: VolumeRestorePlan, { volume, claim, size, storageClass }: PlannedClaim): string {
  const [large, on] = [sizeText(size) ?? '?', storageClass ?? l10n.t('the default storage class')];
  return isSnapshot(request.backup) ? l10n.t('Claim {0} from the snapshot of volume {1}: {2} on {3}', claim, volume, large, on) : l10n.t('What claim {0} holds ({2} on {3}) is overwritten by volume {1}', claim, volume, large, on);
}

function stepTexts({ request, claims, object, target }: VolumeRestorePlan): readonly string[] {
  const inTurn = request.volumeRestorePolicy === 'Serial';
  return [
    l10n.t('KubeBlocks takes up Restore {0}.', object.metadata.name),
    request.stage === 'postReady'
      ? l10n.t('The steps after the start are run in the pods of {0}.', target.name)
      : isSnapshot(request.backup)
        ? l10n.t('Its volumes ({0}) are made from snapshots.', claims.length)
        : inTurn
          ? l10n.t('A job writes into the claims ({0}), one after the other.', claims.length)
          : l10n.t('Jobs write into the claims ({0}), all at once.', claims.length),
    doneText(),
  ];
}

function doneText(): string {
  return l10n.t('It counts as restored when the Restore is Completed and a job ran for it, or a snapshot became a volume; not before.');
}
