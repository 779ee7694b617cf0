import * as l10n from '@vscode/l10n';
import type { Backup, BackupTarget } from '../../kubeblocks/objects';
import { originText } from '../facts/originText';
import { namesMeant } from '../nearestName';
import { restoreUses } from './restoreUses';
import type { Rule } from './rule';

/** @see controllers/dataprotection/volumepopulator_controller.go: "backup target %s does not exist" */
export const restoreTargetName: Rule = {
  code: 'KB-C004',
  severity: 'error',
  title: 'Restore target that the backup does not have',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const field = context.spec.at('restore', 'parameters', KEY);
    const [use] = restoreUses(context);
    const fact = use === undefined ? undefined : context.find('Backup', use.backup.text, use.namespace);
    if (field.text === undefined || field.text === '' || fact === undefined) return;
    const names = targetNames(fact.object);
    if (names.length === 0 || names.includes(field.text)) return;
    context.report(field, l10n.t('Backup {0} {1} has no target {2} (it has {3}): the restore fails for good.', fact.object.metadata.name, originText(fact.origin), field.text, names.join(', ')), { fixes: context.changesTo(field, namesMeant(field.text, names)) });
  },
};

const KEY = 'dataprotection.kubeblocks.io/source-target-name';

/** Of a single target without a name nothing can be told. */
function targetNames({ status }: Backup): readonly string[] {
  const targets: unknown = status?.targets;
  const all = [status?.target, ...(Array.isArray(targets) ? (targets as (BackupTarget | null)[]) : [])].map((each) => each?.name);
  return all.filter((name): name is string => typeof name === 'string' && name !== '');
}
