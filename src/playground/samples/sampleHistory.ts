import type { AnyObject } from '../../kubeblocks/objects';
import { formatTimestamp } from '../runtime/clock';
import { remove } from '../runtime/edits';
import type { SwitchableFaults } from '../runtime/faults';
import type { FaultName, World } from '../world';
import { resourceOf } from './createAll';

/**
 * Annotations by which a sample says when it came to be and how it ended; they are taken off when it is created.
 * `{date}` in its name stands for the day of its creation.
 */
export const SAMPLE_ANNOTATION = {
  /** Hours before now; the start of the history when absent. */
  hoursAgo: 'playground.kubeblocks-backup/hours-ago',
  deletedHoursAgo: 'playground.kubeblocks-backup/deleted-hours-ago',
  /** The log of the job that failed. */
  fails: 'playground.kubeblocks-backup/fails',
} as const;

/** How far back the samples' history goes. */
export const HISTORY_HOURS = 36;

const HOUR_MS = 3_600_000;
/** A log backup that finds no repository ready fails, and stays so. */
const REPOSITORIES_FIRST_MS = 60_000;
const FAULT_MS = HOUR_MS / 4;
const FAULT_BY_KIND: Readonly<Record<string, FaultName>> = { Backup: 'backup-job-fails', BackupRepo: 'repo-precheck-fails' };

/**
 * Puts the samples on the playground's clock, which stands `HISTORY_HOURS` before `now`: as it is advanced to `now`, the
 * controllers live through what happened to them.
 */
export function scheduleHistory(samples: readonly AnyObject[], now: number, world: World, faults: SwitchableFaults): void {
  for (const sample of samples) {
    const annotations = sample.metadata.annotations ?? {};
    const hoursAgo = annotations[SAMPLE_ANNOTATION.hoursAgo];
    if (hoursAgo === undefined) world.clock.after(sample.kind === 'Cluster' ? REPOSITORIES_FIRST_MS : 0, () => create(sample, world, faults));
    else at(now - Number(hoursAgo) * HOUR_MS, world, () => create(sample, world, faults));
    const deleted = annotations[SAMPLE_ANNOTATION.deletedHoursAgo];
    if (deleted === undefined) continue;
    const { name, namespace = '' } = sample.metadata;
    at(now - Number(deleted) * HOUR_MS, world, () => remove(world, resourceOf(sample), { name, namespace }));
  }
}

function at(instant: number, world: World, act: () => void): void {
  world.clock.after(instant - world.clock.now(), act);
}

function create(sample: AnyObject, world: World, faults: SwitchableFaults): void {
  const { annotations: given = {}, name, ...metadata } = sample.metadata;
  const created = name.replace('{date}', formatTimestamp(world.clock.now()).slice(0, 10));
  const own = new Set<string>(Object.values(SAMPLE_ANNOTATION));
  const annotations = Object.fromEntries(Object.entries(given).filter(([key]) => !own.has(key)));
  const log = given[SAMPLE_ANNOTATION.fails];
  const fault = FAULT_BY_KIND[sample.kind];
  if (log !== undefined && fault !== undefined) {
    faults.turnOn(fault, { target: created, detail: log });
    world.clock.after(FAULT_MS, () => {
      faults.turnOff(fault);
    });
  }
  world.store.create(resourceOf(sample), {
    ...sample,
    metadata: { ...metadata, name: created, ...(Object.keys(annotations).length > 0 && { annotations }) },
  });
}
