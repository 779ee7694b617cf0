import * as l10n from '@vscode/l10n';
import { originText } from '../facts/originText';
import { defaultPolicies, opsBackup, opsCluster } from './opsBackup';
import { policyMethods } from './policyMethods';
import type { Rule } from './rule';

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
    if (only === undefined || more.length > 0) return;
    const methods = policyMethods(only);
    if (methods.length === 0 || methods.some(({ snapshotVolumes }) => snapshotVolumes === true)) return;
    const names = methods.map(({ name }) => name);
    context.report(
      backup.isWritten ? backup : context.spec.at('type'),
      l10n.t('The request names no backup method, and policy {0} {1} has none that takes snapshots, the only default: the request stays Creating for ever. Name one of {2}.', only.object.metadata.name, originText(only.origin), names.join(', ')),
      {
        part: 'key',
        related: context.related(only, ['spec', 'backupMethods'], l10n.t('The methods of {0}', only.object.metadata.name)),
        fixes: backup.isWritten ? names.map((name) => ({ title: l10n.t('Back up with {0}', name), edits: [{ kind: 'insert', object: context.object, path: backup.path, key: 'backupMethod', value: name } as const] })) : [],
      },
    );
  },
};
