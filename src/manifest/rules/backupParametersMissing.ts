import * as l10n from '@vscode/l10n';
import { declaredParameters, LINES_WITH_PARAMETERS } from '../../kubeblocks/parameters';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/utils/utils.go ValidateParameters: where no parameter is given, not even required ones are missed
 * @see apecloud/kubeblocks-addons addons/postgresql/dataprotection: pgdump ends with "database is required"
 * @see apecloud/kubeblocks-addons PR #3303
 */
export const backupParametersMissing: Rule = {
  code: 'KB-B012',
  severity: 'warning',
  title: 'Backup without the parameters that its action set needs',
  lines: LINES_WITH_PARAMETERS,
  kinds: ['Backup', 'OpsRequest', 'BackupSchedule'],
  check(context) {
    for (const { policy, method, backup } of methodUses(context)) {
      const actionSet = methodFacts(policy, method.text, context)?.actionSet;
      if (actionSet === undefined || backup.at('parameters').items.length > 0 || backup.at('enabled').boolean === false) continue;
      const missing = declaredParameters(actionSet, 'backup').filter(({ required, schema }) => required && schema.default === undefined).map(({ name }) => name);
      if (missing.length === 0) continue;
      context.report(method, l10n.t('Action set {0} needs {1}, and no parameters are given. KubeBlocks does not miss them; the backup\'s own job does, and fails.', actionSet.metadata.name, missing.join(', ')), {
        fixes: [{ title: l10n.t('Add parameters'), edits: [{ kind: 'insert', object: context.object, path: backup.path, key: 'parameters', value: missing.map((name) => ({ name, value: '' })) }] }],
      });
    }
  },
};
