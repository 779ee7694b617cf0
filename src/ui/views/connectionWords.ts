import * as l10n from '@vscode/l10n';
import type { ClusterSession } from '../../kubernetes/session';
import type { ContextRules } from '../connection/contextRules';

/** What stands beside the title of the Clusters view: which cluster it is, and what to know before touching it. */
export function connectionWords(session: ClusterSession | undefined, rules: Pick<ContextRules, 'of'>): string | undefined {
  if (session === undefined) {
    return undefined;
  }
  const rule = rules.of(session.context);
  return [
    session.inventory.simulated ? l10n.t('playground (simulation)') : session.context,
    ...(rule === undefined ? [] : [rule === 'readOnly' ? l10n.t('read-only') : l10n.t('protected')]),
    ...(session.insecure ? [l10n.t('certificate not checked')] : []),
  ].join(' · ');
}
