import * as l10n from '@vscode/l10n';
import { labelOf } from '../../kubeblocks/labelOf';
import { LABELS } from '../../kubeblocks/labels';
import type { Cluster } from '../../kubeblocks/objects';
import type { App } from '../app';
import type { ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import type { CommandId } from './commandIds';

type Next = readonly [CommandId, unknown];

/** Offers what comes after a restore: protection, how the new cluster is reached, whether it is as the old one was. */
export async function askWhatNext(app: App, ref: ObjectRef, cluster: Cluster): Promise<void> {
  const source = sourceOf(app, ref);
  const choices: readonly Choice<Next>[] = [
    ...(isScheduled(cluster) ? [] : [{ label: l10n.t('Turn On Protection…'), detail: l10n.t('What protected the old cluster does not protect this one by itself.'), icon: 'shield', value: ['kubeblocksBackup.scheduleBackups', ref] as const }]),
    { label: l10n.t('Show Endpoints and Accounts'), detail: l10n.t('Where clients find it, and in which Secrets its passwords are'), icon: 'plug', value: ['kubeblocksBackup.describe', ref] },
    ...(source === undefined ? [] : [{ label: l10n.t('Compare with What Was Backed Up'), detail: l10n.t('The definition in {0} beside the new cluster’s', source.name), icon: 'diff', value: ['kubeblocksBackup.compareCluster', { ...source, with: ref }] as const }]),
    { label: l10n.t('Show in the Side Bar'), icon: 'list-tree', value: ['kubeblocksBackup.revealInTree', ref] },
  ];
  const answer = await app.prompts.pick<Next>({ title: l10n.t('What next with {0}', ref.name), placeholder: l10n.t('Lead clients to it only once it was looked at'), choices });
  if (answer.kind === 'value') {
    await app.runCommand(...answer.value);
  }
}

export function isScheduled({ spec }: Cluster): boolean {
  return spec?.backup?.enabled === true;
}

/** The backup set that the cluster's data came from. */
function sourceOf({ active }: App, { name, namespace }: ObjectRef): ObjectRef | undefined {
  const restore = [...(active.inventory?.restores.items.values() ?? [])].find((each) => each.metadata.namespace === namespace && labelOf(each, LABELS.instance) === name);
  const from = restore?.spec?.backup;
  return from?.name === undefined ? undefined : { kind: 'backup', name: from.name, ...(from.namespace === undefined ? namespace === undefined ? {} : { namespace } : { namespace: from.namespace }) };
}
