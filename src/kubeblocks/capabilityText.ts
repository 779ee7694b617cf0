import * as l10n from '@vscode/l10n';
import type { Capability } from './engineMatrix';

const NAMES: Readonly<Record<Capability, () => string>> = {
  scheduled: () => l10n.t('Scheduled'),
  realTime: () => l10n.t('Real-time'),
  snapshot: () => l10n.t('Snapshot'),
  datafile: () => l10n.t('Datafile'),
  log: () => l10n.t('Log'),
  full: () => l10n.t('Full'),
  pitr: () => l10n.t('PITR'),
  compression: () => l10n.t('Compression'),
  incremental: () => l10n.t('Incremental'),
  selective: () => l10n.t('Selective'),
  encryption: () => l10n.t('Encryption'),
  parameters: () => l10n.t('Parameters'),
};

const MEANINGS: Readonly<Record<Capability, () => string>> = {
  scheduled: () => l10n.t('Scheduled: the schedule of the policy has the method, switched on or off.'),
  realTime: () => l10n.t('Real-time: a worker runs all the time, as each log backup does.'),
  snapshot: () => l10n.t('Snapshot: snapshots of volumes, where the storage class has snapshots.'),
  datafile: () => l10n.t('Datafile: a job copies the data into a backup repository.'),
  log: () => l10n.t('Log: what changes is archived, by a method of type Continuous.'),
  full: () => l10n.t('Full: a copy that needs no other one.'),
  pitr: () => l10n.t('PITR: a restore to an instant, by a full copy and the log after it.'),
  compression: () => l10n.t('Compression: the script of the method compresses. No field of a manifest turns it on or off.'),
  incremental: () => l10n.t('Incremental: what changed since an earlier copy.'),
  selective: () => l10n.t('Selective: parts that are named, such as one database.'),
  encryption: () => l10n.t('Encryption: the method heeds the encryption of its policy.'),
  parameters: () => l10n.t('Parameters: a backup can be told more than its method.'),
};

/** As a column is headed. */
export function capabilityName(of: Capability): string {
  return NAMES[of]();
}

/** What a column means, as a sentence. */
export function capabilityMeaning(of: Capability): string {
  return MEANINGS[of]();
}
