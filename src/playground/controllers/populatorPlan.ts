import { RESOURCES } from '../resources';
import { read, readAll } from '../runtime/edits';
import type { World } from '../world';
import { LABEL } from './names';
import type { PopulatedClaim } from './populatorClaim';
import { INTENT } from './restoreIntent';
import { readRestoreParameters, type RestoreParameters } from './restoreParameters';
import type { BackupSet, BackupTarget } from './shapes';

/** What is to become of a claim. */
export interface PopulatorPlan {
  readonly backup: BackupSet;
  /** Of the backup: what the claim's component is filled from. Undefined where none fits, and the claim stays empty. */
  readonly target: BackupTarget | undefined;
  readonly fillsVolume: boolean;
  readonly pitr: string | undefined;
  readonly options: RestoreParameters;
}

/** Undefined where the backup is not there. */
export function planOf(claim: PopulatedClaim, world: World): PopulatorPlan | undefined {
  const { annotations = {}, namespace: own = '' } = claim.metadata;
  const source = claim.spec?.dataSourceRef;
  const backup = read<BackupSet>(world, RESOURCES.backup, { namespace: annotations[INTENT.sourceNamespace] ?? source?.namespace ?? own, name: source?.name ?? '' });
  if (backup === undefined) return undefined;
  const options = readRestoreParameters(annotations[INTENT.parameters]);
  const target = targetFor(claim, backup, options.sourceTarget, world);
  const fillsVolume = target !== undefined && volumesOf(backup).has(annotations[INTENT.volumeTemplate] ?? '');
  return { backup, target, fillsVolume, pitr: annotations[INTENT.pitr], options };
}

function volumesOf({ status }: BackupSet): ReadonlySet<string> {
  const { volumes = [], volumeMounts = [] } = status?.backupMethod?.targetVolumes ?? {};
  return new Set([...volumes, ...volumeMounts.map(({ name }) => name)]);
}

/** Each shard takes the target that stands at its own place. */
function targetFor(claim: PopulatedClaim, { status }: BackupSet, wanted: string | undefined, world: World): BackupTarget | undefined {
  const { targets, target } = status ?? {};
  if (targets === undefined) return target !== undefined && selects(target, claim) ? target : undefined;
  if (wanted !== undefined) return targets.find(({ name }) => name === wanted);
  const { namespace = '', labels = {} } = claim.metadata;
  const { [LABEL.instance]: instance = '', [LABEL.sharding]: sharding = '', [LABEL.component]: component = '' } = labels;
  const shards = readAll(world, RESOURCES.component, { namespace, labels: { [LABEL.instance]: instance, [LABEL.sharding]: sharding } });
  const index = shards.map(({ metadata }) => metadata.labels?.[LABEL.component] ?? '').sort().indexOf(component);
  return targets[index];
}

/** By the labels that do not name the source's own instance or a role. */
function selects({ podSelector }: BackupTarget, { metadata }: PopulatedClaim): boolean {
  return Object.entries(podSelector?.matchLabels ?? {}).every(
    ([key, value]) => key === LABEL.instance || key === LABEL.role || metadata.labels?.[key] === value,
  );
}
