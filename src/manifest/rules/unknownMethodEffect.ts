import * as l10n from '@vscode/l10n';

/** What comes of a method that the policy does not have, by the kind that asks for it. */
export function unknownMethodEffect(kind: string): string {
  switch (kind) {
    case 'BackupSchedule':
      return l10n.t('The schedule fails, and nothing is backed up.');
    case 'OpsRequest':
      return l10n.t('The request stays Creating for ever, without an event.');
    default:
      return l10n.t('The backup fails as soon as it is created.');
  }
}
