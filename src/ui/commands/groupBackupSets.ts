import * as l10n from '@vscode/l10n';
import { Cancelled } from '../commandError';
import type { GroupBy } from '../views/groupings';
import { simple } from './command';

/** Groups the Backup Sets view anew. */
export const groupBackupSets = simple(async ({ prompts, settings }) => {
  const labels: Readonly<Record<GroupBy, string>> = {
    cluster: l10n.t('Cluster'),
    method: l10n.t('Method'),
    repository: l10n.t('Repository'),
    day: l10n.t('Day'),
  };
  const answer = await prompts.pick({
    title: l10n.t('Group Backup Sets By'),
    placeholder: l10n.t('What a group has in common'),
    choices: (Object.keys(labels) as GroupBy[]).map((value) => ({ label: labels[value], value })),
    active: (value) => value === settings.groupBy,
  });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  await settings.setGroupBy(answer.value);
});
