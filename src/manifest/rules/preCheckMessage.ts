import { repositoryProblem } from '../../kubeblocks/repositoryState';
import type { RuleContext } from './ruleContext';

/** What keeps the repository that the cluster holds under this name from being ready; undefined where nothing does, or nothing is known. */
export function preCheckMessage(context: RuleContext): string | undefined {
  const live = context.object.name === undefined ? undefined : context.findLive('BackupRepo', context.object.name);
  return live === undefined ? undefined : repositoryProblem(live.object)?.message;
}
