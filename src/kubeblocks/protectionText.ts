import * as l10n from '@vscode/l10n';
import type { ProtectionStatus, Risk } from './protection';
import type { TimeContext } from './timeText';
import { ageText, durationText, shortText, untilText } from './timeText';

/** The words beside a cluster's name: what one gets back if it is lost now. */
export function protectionText(status: ProtectionStatus, context: TimeContext): string {
  switch (status.kind) {
    case 'unknown':
      return l10n.t('protection not known');
    case 'empty':
      return l10n.t('running, but nothing was restored');
    case 'notBackedUp':
      return l10n.t('not backed up');
    case 'atRisk': {
      const [worst] = status.risks;
      return worst === undefined ? l10n.t('at risk') : l10n.t('at risk: {0}', riskText(worst, context));
    }
    case 'protected':
      return l10n.t('protected');
    case 'recoverable':
      return l10n.t('recoverable to {0}', shortText(status.to, context));
  }
}

export function riskText(risk: Risk, context: TimeContext): string {
  switch (risk.kind) {
    case 'old':
      return l10n.t('last good backup {0} ago', durationText(risk.ageMs));
    case 'onlyCopyExpires':
      return l10n.t('only copy expires {0}', untilText(risk.at, context));
    case 'logStopped':
      return risk.since === undefined ? l10n.t('log stopped') : l10n.t('log stopped {0}', ageText(risk.since, context));
    case 'lastFailed':
      return l10n.t('last backup failed');
    case 'repositoryNotReady':
      return l10n.t('repository {0} is not ready', risk.repo.metadata.name);
    case 'componentNotBackedUp':
      return l10n.t('{0} is not backed up', risk.component);
  }
}
