import * as l10n from '@vscode/l10n';
import { capability, rowName, type EngineRow } from '../../kubeblocks/engineMatrix';
import type { Field } from '../field';
import { plainObject } from '../manifestObject';
import { backedComponents, policiesOfCluster } from './clusterEngines';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see apecloud/kubeblocks-addons addons/[engine]/templates: backupType of the action sets of each BackupPolicyTemplate
 * @see controllers/dataprotection/backuppolicydriver_controller.go mergeClusterBackup: where no schedule of the kind is found, nothing is switched on, and nothing is said
 */
export const engineAbility: Rule = {
  code: 'KB-E002',
  severity: 'warning',
  title: 'Log or incremental backups that the engine does not have',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['Cluster'],
  check(context) {
    const backup = context.spec.at('backup');
    const pitr = backup.at('pitrEnabled');
    const incremental = backup.at('incrementalBackupEnabled');
    if (pitr.boolean !== true && incremental.boolean !== true) return;
    const rows = engineRowsOf(context);
    if (rows === undefined || rows.length === 0) return;
    if (pitr.boolean === true) checkPitr(pitr, rows, context);
    if (incremental.boolean === true) checkIncremental(incremental, backup.at('method').text, rows, context);
  },
};

/** What the cluster's own policies say goes before what add-ons usually have. */
function engineRowsOf(context: RuleContext): readonly EngineRow[] | undefined {
  const { object, line } = context;
  if (object.name !== undefined && policiesOfCluster(object.name, context).length > 0) return undefined;
  if (context.all('BackupPolicyTemplate').facts.length > 0) return undefined;
  return backedComponents(plainObject(object), line)?.map(({ row }) => row);
}

function checkPitr(field: Field, rows: readonly EngineRow[], context: RuleContext): void {
  const cells = rows.map((row) => capability(row, 'pitr', context.line));
  if (cells.some(({ methods }) => methods.length > 0)) return;
  context.report(field, l10n.t('{0} KubeBlocks {1} takes pitrEnabled without a word, and keeps no log.', cells[0]?.reason ?? '', context.line), { fixes: [switchOff(field, context)] });
}

function checkIncremental(field: Field, full: string | undefined, rows: readonly EngineRow[], context: RuleContext): void {
  const methods = rows.flatMap((row) => capability(row, 'incremental', context.line).methods);
  if (methods.some(({ compatibleMethod }) => compatibleMethod === full) || (methods.length > 0 && full === undefined)) return;
  const message =
    methods.length === 0
      ? l10n.t('The add-on of KubeBlocks {0} for {1} makes no incremental backups: incrementalBackupEnabled is taken without a word, and does nothing.', context.line, rows.map(rowName).join(', '))
      : l10n.t('No incremental method builds on {0}: incrementalBackupEnabled is taken without a word, and does nothing. {1} builds on {2}.', full ?? '', methods[0]?.name ?? '', methods[0]?.compatibleMethod ?? '');
  context.report(field, message, { fixes: [switchOff(field, context)] });
}

function switchOff(field: Field, context: RuleContext): ReturnType<RuleContext['setValue']> {
  return context.setValue(l10n.t('Change to {0}', 'false'), field, false);
}
