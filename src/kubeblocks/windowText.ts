import * as l10n from '@vscode/l10n';
import type { LeftOut } from './bases';
import type { Stretch, WindowNote } from './clusterWindow';
import type { Backup } from './objects';
import { exactDurationText, localAndUtcText, type TimeContext } from './timeText';
import type { WindowCut } from './windowCut';

/** Why an instant of the stretch can, or cannot, be restored: one sentence part, without a full stop. */
export function stretchText(stretch: Stretch): string {
  const log = stretch.log.metadata.name;
  switch (stretch.kind) {
    case 'recoverable':
      return stretch.base === undefined ? l10n.t('log {0} alone', log) : l10n.t('base {0}, then log {1}', stretch.base.metadata.name, log);
    case 'unreachable':
      return unreachableText(stretch);
    case 'unknown':
      return unknownText(stretch);
  }
}

/** `can be restored`, for a cell of a table. */
export function stretchKindText(kind: Stretch['kind']): string {
  switch (kind) {
    case 'recoverable':
      return l10n.t('can be restored');
    case 'unreachable':
      return l10n.t('cannot be reached');
    case 'unknown':
      return l10n.t('unknown');
  }
}

function unreachableText(stretch: Stretch & { readonly kind: 'unreachable' }): string {
  const log = stretch.log.metadata.name;
  switch (stretch.reason) {
    case 'noBase':
      return l10n.t('no full backup ended before it and after log {0} began', log);
    case 'brokenChain':
      return l10n.t('it builds on {0}, whose chain is broken at {1}: {2}', stretch.base.metadata.name, stretch.broken.child.metadata.name, stretch.broken.reason);
    case 'incrementalBase':
      return l10n.t('it builds on the incremental backup {0}, which this engine cannot use with a log', stretch.base.metadata.name);
    case 'snapshotBase':
    case 'volumesBase':
      return leftOutText(stretch.reason, stretch.base, stretch.log);
    case 'logOff':
      return l10n.t('the log backup is off; {0} ended before', log);
  }
}

/** Why KubeBlocks restores a log without its base. */
export function leftOutText(reason: LeftOut, base: Backup, log: Backup): string {
  return reason === 'snapshotBase'
    ? l10n.t('its base is the snapshot {0}, which this KubeBlocks leaves out: the log would meet empty volumes', base.metadata.name)
    : l10n.t('its base {0} fills volumes, which this KubeBlocks leaves out for log {1}, whose method names no targetVolumes: the log meets empty volumes', base.metadata.name, log.metadata.name);
}

function unknownText(stretch: Stretch & { readonly kind: 'unknown' }): string {
  const log = stretch.log.metadata.name;
  switch (stretch.reason) {
    case 'targets':
      return l10n.t('not all targets of log {0} cover the way to it', log);
    case 'between':
      return l10n.t('log {0} had ended and {1} had not begun', log, stretch.next.metadata.name);
    case 'failed':
      return l10n.t('log {0} failed and archived nothing since', log);
    case 'silent':
      return l10n.t('log {0} archived nothing since, for longer than it should take', log);
    case 'starting':
      return l10n.t('log {0} ended before, and its successor has archived nothing yet', log);
  }
}

/** What a reader should know besides, as a sentence. */
export function noteText(note: WindowNote): string {
  if (note.kind === 'incomplete') {
    return l10n.t('The backups could not be listed in full, so there may be more than is shown.');
  }
  const log = note.log.metadata.name;
  switch (note.kind) {
    case 'intersection':
      return l10n.t('Log {0} has {1} targets: only what all of them cover counts.', log, note.targets);
    case 'oneRange':
      return l10n.t('Log {0} has {1} targets, of which KubeBlocks tells one range: a target may reach less far.', log, note.targets);
    case 'failedLog':
      return l10n.t('Log {0} failed. What it says it archived before counts.', log);
    case 'emptyLog':
      return l10n.t('Log {0} has archived nothing yet.', log);
    case 'deletedLog':
      return l10n.t('Log {0} is being deleted, and left out.', log);
    case 'actionSetUnknown':
      return l10n.t('Action set {0} of log {1} is not known: it is taken for one that needs a base backup.', note.actionSet, log);
    case 'ahead':
      return l10n.t('Log {0} ends {1} later than it is now: the clocks differ.', log, exactDurationText(note.byMs));
  }
}

/** What the next expiry takes, as a sentence. */
export function cutText({ at, expiring, from, then }: WindowCut, time: TimeContext): string {
  const [name, when, now] = [expiring.metadata.name, localAndUtcText(at, time), localAndUtcText(from, time)];
  if (at <= time.now) {
    return then === undefined
      ? l10n.t('{0} expired {1} and will be removed: then nothing from {2} on can be restored, unless a new base backup was made.', name, when, now)
      : l10n.t('{0} expired {1} and will be removed: then the window begins {2} instead of {3}.', name, when, localAndUtcText(then, time), now);
  }
  return then === undefined
    ? l10n.t('{0} expires {1}: then nothing from {2} on can be restored, unless a new base backup was made.', name, when, now)
    : l10n.t('{0} expires {1}: then the window begins {2} instead of {3}.', name, when, localAndUtcText(then, time), now);
}
