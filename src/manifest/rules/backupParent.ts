import * as l10n from '@vscode/l10n';
import { backupType, endOf } from '../../kubeblocks/backupState';
import { LINES } from '../../kubeblocks/kinds';
import { LABELS } from '../../kubeblocks/labels';
import type { Backup, BackupPolicy } from '../../kubeblocks/objects';
import { repositoryOf } from '../../kubeblocks/repositoryState';
import { asChoices } from '../asChoices';
import type { Fact } from '../facts/facts';
import { originText } from '../facts/originText';
import { removal } from '../removal';
import { addonType } from './addonMethods';
import { methodFacts, type MethodFacts } from './methodFacts';
import { methodUses, type MethodUse } from './methodUses';
import { opsCluster } from './opsBackup';
import { readyDefaults } from './readyDefaults';
import type { Rule } from './rule';
import type { ReportOptions, RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/utils.go ValidateParentBackup: phase, policy, method, end, repository, number of targets
 * @see controllers/dataprotection/utils.go: "schedule backup cannot specify parent backup"
 * @see pkg/operations/backup.go: "parent backup %s is not completed", "is not belong to cluster"
 * @see controllers/dataprotection/backup_controller.go: "parent backup type is %s, but only full and incremental backup are supported"
 */
export const backupParent: Rule = {
  code: 'KB-B005',
  severity: 'error',
  title: 'Parent that the backup cannot build on',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['Backup', 'OpsRequest'],
  check(context) {
    const [use] = methodUses(context);
    const field = use?.backup.at('parentBackupName');
    if (use === undefined || field?.text === undefined || field.text === '') return;
    const facts = methodFacts(use.policy, use.method.text, context);
    const type = facts?.type ?? addonType(use.method.text);
    const isIgnored = type !== undefined && type !== 'Incremental';
    const isOfSchedule = context.root.at('metadata', 'labels', LABELS.backupSchedule).isWritten;
    const problem: Problem | undefined =
      isIgnored
        ? { message: l10n.t('{0} makes no incremental backups: KubeBlocks ignores the parent.', use.method.text ?? ''), options: { severity: 'warning' } as const }
        : isOfSchedule
          ? { message: l10n.t('A backup of a schedule may not name a parent: it fails. Remove parentBackupName; KubeBlocks finds the latest one.') }
          : parentProblem(use, field.text, facts, context);
    // Without a name KubeBlocks takes the latest that fits, which may not be the one that was meant.
    const fixes = [removal(context.object, field)];
    if (problem !== undefined) context.report(field, problem.message, { ...problem.options, fixes: isIgnored || isOfSchedule ? fixes : asChoices(fixes) });
  },
};

interface Problem {
  readonly message: string;
  readonly options?: ReportOptions;
}

function parentProblem({ policy, method }: MethodUse, name: string, facts: MethodFacts | undefined, context: RuleContext): Problem | undefined {
  const found = context.find('Backup', name);
  if (found === undefined) {
    return context.all('Backup').certainty === 'allowed' ? { message: l10n.t('There is no backup {0} in this namespace. {1}', name, consequence(context)) } : undefined;
  }
  const { metadata, spec, status } = found.object as Backup;
  const where = originText(found.origin);
  if (found.origin.kind === 'cluster' && status?.phase !== undefined && status.phase !== 'Completed') {
    const message = l10n.t('Backup {0} {1} is {2}: only a completed backup can be a parent. {3}', name, where, status.phase, consequence(context));
    return status.phase === 'Failed' || status.phase === 'Deleting' ? { message } : { message, options: { severity: 'warning' } };
  }
  const owner = metadata.labels?.[LABELS.instance];
  const cluster = context.object.kind === 'OpsRequest' ? opsCluster(context).text : undefined;
  if (owner !== undefined && cluster !== undefined && owner !== cluster) {
    return { message: l10n.t('Backup {0} {1} is of cluster {2}: a parent must be of the same cluster. {3}', name, where, owner, consequence(context)) };
  }
  if (policy !== undefined && spec?.backupPolicyName !== undefined && spec.backupPolicyName !== policy) {
    return { message: l10n.t('Backup {0} {1} is of policy {2}: a parent must be of the same policy ({3}), or the backup fails.', name, where, spec.backupPolicyName, policy) };
  }
  const unfit = unfitParent(policy, found, context);
  if (unfit !== undefined) return unfit;
  const fits = [method.text, facts?.method.compatibleMethod];
  if (facts !== undefined && spec?.backupMethod !== undefined && !fits.includes(spec.backupMethod)) {
    return { message: l10n.t('Backup {0} {1} was made with {2}: {3} builds on its own backups and those of {4}.', name, where, spec.backupMethod, method.text ?? '', facts.method.compatibleMethod ?? '–') };
  }
  return undefined;
}

/** What the parent itself lacks, and where it does not go together with the policy. */
function unfitParent(policyName: string | undefined, { object, origin }: Fact, context: RuleContext): Problem | undefined {
  const parent = object as Backup;
  const { name } = parent.metadata;
  const where = originText(origin);
  const type = backupType(parent);
  if (type !== undefined && type !== 'Full' && type !== 'Incremental') {
    return { message: l10n.t('Backup {0} {1} is of type {2}: only full and incremental backups can be parents. {3}', name, where, type, consequence(context)) };
  }
  if (origin.kind !== 'cluster') return undefined;
  if (parent.status?.phase === 'Completed' && endOf(parent) === undefined) {
    return { message: l10n.t('Backup {0} {1} does not say when it ended: nothing can build on it. {2}', name, where, consequence(context)) };
  }
  const policy = policyName === undefined ? undefined : (context.find('BackupPolicy', policyName)?.object as BackupPolicy | undefined);
  const defaults = readyDefaults(context);
  const repo = policy?.spec?.backupRepoName || (policy !== undefined && defaults?.length === 1 ? defaults[0] : undefined);
  const parentRepo = repositoryOf(parent);
  if (repo !== undefined && parentRepo !== undefined && repo !== parentRepo && !context.root.at('metadata', 'labels', LABELS.backupRepo).isWritten) {
    return { message: l10n.t('Backup {0} {1} is in repository {2}, and the policy backs up into {3}: a parent must be in the same one. {4}', name, where, parentRepo, repo, consequence(context)) };
  }
  const targets: unknown = policy?.spec?.targets;
  const parentTargets: unknown = parent.status?.targets;
  if (Array.isArray(targets) && Array.isArray(parentTargets) && targets.length > 0 && parentTargets.length > 0 && targets.length !== parentTargets.length) {
    return { message: l10n.t('Backup {0} {1} was made of {2} targets, and the policy has {3} now: after shards came or went a full backup must be made first. {4}', name, where, parentTargets.length, targets.length, consequence(context)) };
  }
  return undefined;
}

/** A request looks at its parent before it makes the backup. */
function consequence({ object }: RuleContext): string {
  return object.kind === 'OpsRequest' ? l10n.t('The request stays Creating for ever.') : l10n.t('The incremental backup fails.');
}
