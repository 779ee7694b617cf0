import * as l10n from '@vscode/l10n';
import { actionSetType } from '../backupState';
import { methodTypeText } from '../backupText';
import type { Inventory } from '../inventory';
import { declaredParameters } from '../parameters';
import type { TimeContext } from '../timeText';
import type { WholeAction, WholeActionSet } from '../wholeObjects';
import { origin } from './describeObject';
import type { Page, Section } from './page';
import { facts, page, table } from './page';

/** What an action set does, step by step, who uses it, and what it can be told. `actionSet` is the whole object. */
export function describeActionSet(inventory: Inventory, actionSet: WholeActionSet, context: TimeContext): Page {
  const { spec, status, metadata } = actionSet;
  const columns = [l10n.t('Parameter'), l10n.t('For'), l10n.t('Type'), l10n.t('Required'), l10n.t('Default'), l10n.t('Description')];
  const rows = (['backup', 'restore'] as const).flatMap((use) =>
    declaredParameters(actionSet, use).map(({ name, required, schema }) => [
      name,
      use === 'backup' ? l10n.t('backup') : l10n.t('restore'),
      schema.type,
      required ? l10n.t('yes') : undefined,
      schema.default === undefined ? undefined : JSON.stringify(schema.default),
      schema.description,
    ]),
  );
  return page(l10n.t('Action set {0}', metadata.name), [methodTypeText(actionSetType(actionSet)), status?.phase].filter((part) => part !== undefined).join(' · '), [
    facts(l10n.t('What'), [
      ...origin(actionSet, context),
      [l10n.t('Type'), methodTypeText(actionSetType(actionSet))],
      [l10n.t('Restores volumes before the database starts'), spec?.restore?.prepareData === undefined ? l10n.t('no') : l10n.t('yes')],
      [l10n.t('Needs a base backup'), spec?.restore?.baseBackupRequired === false ? l10n.t('no') : undefined],
      [l10n.t('Problem'), status?.message],
    ]),
    stepsSection(actionSet),
    usedBySection(inventory, actionSet),
    table(l10n.t('Parameters'), columns, rows),
  ]);
}

type Step = readonly [stage: string, run: WholeAction | undefined];

function stepsSection({ spec }: WholeActionSet): Section | undefined {
  const { backup, restore } = spec ?? {};
  const many = (stage: string, actions: readonly WholeAction[] = []): readonly Step[] => actions.map((action, index) => [actions.length === 1 ? stage : `${stage} ${index + 1}`, action]);
  const steps: readonly Step[] = [
    ...many(l10n.t('Before the backup'), backup?.preBackup),
    [l10n.t('Backup'), backup?.backupData === undefined ? undefined : { job: backup.backupData }],
    ...many(l10n.t('After the backup'), backup?.postBackup),
    [l10n.t('Before its files are deleted'), backup?.preDelete === undefined ? undefined : { job: backup.preDelete }],
    [l10n.t('Restore: prepare data'), restore?.prepareData === undefined ? undefined : { job: restore.prepareData }],
    ...many(l10n.t('Restore: after it runs'), restore?.postReady),
  ];
  const rows = steps.flatMap(([stage, run]) => (run === undefined ? [] : [rowOf(stage, run)]));
  return table(l10n.t('Steps'), [l10n.t('Step'), l10n.t('Runs in'), l10n.t('Image or container')], rows);
}

function rowOf(stage: string, { job, exec }: WholeAction): readonly (string | undefined)[] {
  return job === undefined ? [stage, l10n.t('the database’s pod'), exec?.container] : [stage, job.runOnTargetPodNode === true ? l10n.t('a job on the pod’s node') : l10n.t('a job'), job.image];
}

/** The methods of live policies that name it. */
function usedBySection(inventory: Inventory, { metadata: { name } }: WholeActionSet): Section | undefined {
  const rows = [...inventory.policies.items.values()].flatMap(({ metadata, spec }) =>
    (spec?.backupMethods ?? []).filter(({ actionSetName }) => actionSetName === name).map((method) => [metadata.name, metadata.namespace, method.name]),
  );
  return table(l10n.t('Used by'), [l10n.t('Policy'), l10n.t('Namespace'), l10n.t('Method')], rows);
}
