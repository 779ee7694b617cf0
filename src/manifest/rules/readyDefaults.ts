import type { BackupRepo } from '../../kubeblocks/objects';
import { isDefaultRepository } from '../../kubeblocks/repositoryState';
import type { RuleContext } from './ruleContext';

/** The names of the default repositories that are Ready; undefined where not all are known, or one is only written. */
export function readyDefaults(context: RuleContext): readonly string[] | undefined {
  const { certainty, facts } = context.all('BackupRepo');
  const defaults = facts.filter(({ object }) => isDefaultRepository(object as BackupRepo));
  // One that is only written may become ready, or be the correction.
  if (certainty !== 'allowed' || defaults.some(({ origin }) => origin.kind !== 'cluster')) return undefined;
  return defaults.filter(({ object }) => (object as BackupRepo).status?.phase === 'Ready').map(({ object }) => object.metadata.name);
}
