import * as l10n from '@vscode/l10n';
import { restorabilityVerdict, type RestoreNeed } from '../restorability';
import type { Page } from './page';
import { page, table } from './page';

/** The evidence for and against a restore in a context, what is missing first. */
export function describeRestorability(backupName: string, context: string, needs: readonly RestoreNeed[]): Page {
  const ordered = [...needs].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return page(l10n.t('Can {0} be restored in {1}?', backupName, context), verdictText(restorabilityVerdict(needs)), [
    table(l10n.t('What a restore needs'), [l10n.t('What'), l10n.t('Answer'), l10n.t('Seen')], ordered.map(({ what, state, evidence }) => [what, stateText(state), evidence])),
    { kind: 'list', heading: l10n.t('What this is'), items: [l10n.t('Evidence, not a promise: whether the files are whole is not looked at, nor are quotas and rights. The plan of a restore asks the server.')] },
  ]);
}

const ORDER: readonly RestoreNeed['state'][] = ['missing', 'unknown', 'met'];

function verdictText(verdict: RestoreNeed['state']): string {
  switch (verdict) {
    case 'met':
      return l10n.t('Yes, as far as can be seen: nothing is missing.');
    case 'unknown':
      return l10n.t('Perhaps: nothing is missing, but not all could be seen.');
    case 'missing':
      return l10n.t('No: something is missing.');
  }
}

function stateText(state: RestoreNeed['state']): string {
  switch (state) {
    case 'met':
      return l10n.t('there');
    case 'unknown':
      return l10n.t('not known');
    case 'missing':
      return l10n.t('missing');
  }
}
