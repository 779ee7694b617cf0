import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Backup } from '../../kubeblocks/objects';
import { BY_POLICY } from '../facts/factIndex';
import { methodFacts } from './methodFacts';
import { methodUses } from './methodUses';
import type { Rule } from './rule';

/** @see controllers/dataprotection/utils.go: "failed to find a valid parent backup for backup %s/%s" */
export const backupWithoutParent: Rule = {
  code: 'KB-B010',
  severity: 'error',
  title: 'Incremental backup before the first full one',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const [use] = methodUses(context);
    const facts = use === undefined ? undefined : methodFacts(use.policy, use.method.text, context);
    const full = facts?.method.compatibleMethod;
    if (use === undefined || facts?.type !== 'Incremental' || full === undefined || use.backup.at('parentBackupName').isWritten) return;
    const backups = use.policy === undefined ? [] : context.select('Backup', BY_POLICY, use.policy);
    const bases = backups.filter(({ object }) => (object as Backup).spec?.backupMethod === full);
    const mayBe = bases.some(({ object, origin }) => origin.kind !== 'cluster' || (object as Backup).status?.phase === 'Completed');
    if (mayBe || context.all('Backup').certainty !== 'allowed') return;
    context.report(use.method, l10n.t('No completed backup of {0} exists for policy {1}: an incremental backup has nothing to build on, and fails. Make a full backup first.', full, use.policy ?? ''), {
      fixes: methodFacts(use.policy, full, context) === undefined ? [] : [context.setValue(l10n.t('Use {0}, which it builds on', full), use.method, full)],
    });
  },
};
