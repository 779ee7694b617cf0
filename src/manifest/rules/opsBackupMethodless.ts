import * as l10n from '@vscode/l10n';
import { engineMethods, rowName } from '../../kubeblocks/engineMatrix';
import { originText } from '../facts/originText';
import type { Field } from '../field';
import type { Fix } from '../fix';
import { componentsBehind } from './clusterEngines';
import { defaultPolicies, opsBackup, opsCluster } from './opsBackup';
import { policyMethods } from './policyMethods';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/** @see pkg/operations/backup.go: "failed to find default backup method": only a method with snapshotVolumes is one */
export const opsBackupMethodless: Rule = {
  code: 'KB-O002',
  severity: 'error',
  title: 'Backup request without a method where none is the default',
  lines: ['0.9', '1.0', '1.1', '1.2'],
  kinds: ['OpsRequest'],
  check(context) {
    const backup = opsBackup(context);
    if (backup === undefined || backup.at('backupMethod').text) return;
    const named = backup.at('backupPolicyName').text ?? '';
    const [only, ...more] = named === '' ? defaultPolicies(opsCluster(context).text ?? '', context) : [context.find('BackupPolicy', named)];
    if (only === undefined) checkAddon(backup, named, context);
    if (only === undefined || more.length > 0) return;
    const methods = policyMethods(only);
    if (methods.length === 0 || methods.some(({ snapshotVolumes }) => snapshotVolumes === true)) return;
    const names = methods.map(({ name }) => name);
    context.report(
      placeOf(backup, context),
      l10n.t('The request names no backup method, and policy {0} {1} has none that takes snapshots, the only default: the request stays Creating for ever. Name one of {2}.', only.object.metadata.name, originText(only.origin), names.join(', ')),
      {
        part: 'key',
        related: context.related(only, ['spec', 'backupMethods'], l10n.t('The methods of {0}', only.object.metadata.name)),
        fixes: fixesOf(backup, names, context),
      },
    );
  },
};

/** A Cluster that is only written has no policy yet. Templates that people bring along may have a method that snapshots. */
function checkAddon(backup: Field, policy: string, context: RuleContext): void {
  const [only, ...more] = componentsBehind(policy === '' ? undefined : policy, opsCluster(context).text, context) ?? [];
  if (only === undefined || more.length > 0 || context.all('BackupPolicyTemplate').facts.length > 0) return;
  const methods = engineMethods(only.row, context.line).filter(({ internal }) => internal !== true);
  if (methods.length === 0 || methods.some(({ snapshot }) => snapshot === true)) return;
  const names = methods.filter(({ type }) => type !== 'Continuous').map(({ name }) => name);
  context.report(
    placeOf(backup, context),
    l10n.t('The request names no backup method, and the add-on of KubeBlocks {0} for {1} has none that takes snapshots, the only default: the request stays Creating for ever. Name one of {2}.', context.line, rowName(only.row), names.join(', ')),
    { part: 'key', severity: 'warning', fixes: fixesOf(backup, names, context) },
  );
}

function placeOf(backup: Field, context: RuleContext): Field {
  return backup.isWritten ? backup : context.spec.at('type');
}

function fixesOf(backup: Field, names: readonly string[], context: RuleContext): readonly Fix[] {
  return backup.isWritten ? names.map((name) => context.setValue(l10n.t('Back up with {0}', name), backup.at('backupMethod'), name)) : [];
}
