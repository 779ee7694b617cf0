import * as l10n from '@vscode/l10n';
import { backupMethods, type MethodOption } from '../backupMethods';
import { methodTypeText } from '../backupText';
import { sizeText } from '../bytes';
import { componentOf, indexClusters } from '../clusterIndex';
import type { Inventory } from '../inventory';
import { LABELS } from '../labels';
import type { BackupMethod } from '../objects';
import { policyFields } from '../policyPlace';
import type { TimeContext } from '../timeText';
import { ageText } from '../timeText';
import type { WholePolicy, WholeTarget } from '../wholeObjects';
import { origin } from './describeObject';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

/** What a policy can do and with what: its methods, why one cannot be used, and what KubeBlocks writes anew. `policy` is the whole object. */
export function describePolicy(inventory: Inventory, policy: WholePolicy, context: TimeContext): Page {
  const { spec, status, metadata } = policy;
  const methods = backupMethods(inventory, policy);
  return page(l10n.t('Backup policy {0}', metadata.name), status?.phase ?? '', [
    facts(l10n.t('What'), [
      ...origin(policy, context),
      [l10n.t('Cluster'), metadata.labels?.[LABELS.instance]],
      [l10n.t('Component'), componentOf(policy)],
      [l10n.t('Repository'), spec?.backupRepoName ?? l10n.t('the default one')],
      [l10n.t('Encryption'), encryptionText(policy)],
      [l10n.t('Folder'), spec?.pathPrefix],
      [l10n.t('Backs up'), targetsText(spec?.targets ?? (spec?.target === undefined ? [] : [spec.target]))],
      [l10n.t('Tries again'), spec?.backoffLimit],
      [l10n.t('Keeps the latest backup'), spec?.retentionPolicy === 'retainLatestBackup' ? l10n.t('yes') : undefined],
      [l10n.t('Problem'), status?.message],
    ]),
    table(
      l10n.t('Methods'),
      [l10n.t('Method'), l10n.t('Type'), l10n.t('Action set'), l10n.t('Builds on'), l10n.t('Volumes'), l10n.t('Goes to'), l10n.t('Last'), l10n.t('Cannot be used')],
      methods.map((option) => methodRow(option, context)),
    ),
    writtenAnewSection(inventory, policy),
  ]);
}

function methodRow({ method, name, type, snapshot, actionSetName, repository, last, problem }: MethodOption, context: TimeContext): readonly (string | undefined)[] {
  const ended = last?.backup.status?.completionTimestamp;
  const lastWords = ended === undefined ? undefined : [ageText(Date.parse(ended), context), sizeText(last?.backup.status?.totalSize)].filter((part) => part !== undefined).join(' · ');
  return [name, snapshot ? l10n.t('snapshot') : methodTypeText(type), actionSetName, method.compatibleMethod, volumesText(method), snapshot ? l10n.t('snapshots in the cluster') : repository, lastWords, problem?.message];
}

function volumesText({ targetVolumes }: BackupMethod): string | undefined {
  return targetVolumes?.volumes?.join(', ');
}

export function encryptionText({ spec }: WholePolicy): string {
  const { algorithm, passPhraseSecretKeyRef } = spec?.encryptionConfig ?? {};
  return passPhraseSecretKeyRef?.name === undefined ? l10n.t('none') : l10n.t('{0}, pass phrase in Secret {1}, key {2}', algorithm ?? 'AES-256-CFB', passPhraseSecretKeyRef.name, passPhraseSecretKeyRef.key ?? '');
}

function targetsText(targets: readonly WholeTarget[]): string {
  return targets
    .map(({ name, podSelector }) => {
      const labels = Object.entries(podSelector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
      return [name, podSelector?.strategy === 'All' ? l10n.t('every pod') : l10n.t('one pod'), labels.join(', ')].filter((part) => part !== undefined && part !== '').join(': ');
    })
    .join('; ');
}

function writtenAnewSection(inventory: Inventory, policy: WholePolicy): Section | undefined {
  const entry = [...indexClusters(inventory).entries.values()].find(({ policies }) => policies.some(({ metadata }) => metadata.name === policy.metadata.name && metadata.namespace === policy.metadata.namespace));
  const rows = policyFields(entry?.cluster, policy).map(({ field, place }) => [field, place]);
  return table(l10n.t('Who decides'), [l10n.t('Field'), l10n.t('What becomes of a change')], rows);
}
