import * as l10n from '@vscode/l10n';
import { retentionProblem } from '../../kubeblocks/backupPlan';
import { parseBytes, bytesText } from '../../kubeblocks/bytes';
import { deletionScopes, everyScope, failedOf, olderThan, type DeletionScope } from '../../kubeblocks/deletionChoice';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { Backup } from '../../kubeblocks/objects';
import { parseRetention } from '../../kubeblocks/retention';
import { localAndUtcText } from '../../kubeblocks/timeText';
import { deleteBackups, type DeleteOutcome } from '../../operations/deleteBackup';
import type { App } from '../app';
import { mapAnswer, type Choice } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { backupNode } from '../views/backupNode';
import type { Command } from './command';
import { confirmDeletion } from './confirmDeletion';
import { followDeletion } from './followDeletion';
import { notify } from './notify';
import { requireChoices, requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import type { Follow } from './review';

interface Draft {
  readonly scope?: DeletionScope;
  readonly by?: 'age' | 'failed' | 'hand';
  readonly age?: string;
  readonly chosen?: readonly Backup[];
}

/** Deletes several backup sets: those that are old, those that failed, or any; asks once, with what is lost. */
export const deleteBackupSets: Command = async (app, { ref }) => {
  const inventory = await requireInventory(app, ['backups', 'clusters', 'policies', 'actionSets', 'schedules']);
  app.contextRules.requireChangeable(inventory.context);
  const scope = ref?.kind === 'cluster' ? deletionScopes(inventory).find(({ entry }) => entry?.key === objectKey(ref.namespace, ref.name)) : undefined;
  const follows: Follow[] = [];
  await runSteps<Draft>(
    (draft) => [
      ...(scope === undefined ? [askScope(app, inventory)] : []),
      askBy(app),
      ...(draft.by === 'age' ? [askAge(app)] : []),
      askWhich(app),
      deleteStep(app, inventory, (follow) => follows.push(follow)),
    ],
    scope === undefined ? {} : { scope },
  );
  return follows.at(-1);
};

function title({ scope }: Draft): string {
  return scope?.entry === undefined ? l10n.t('Delete Backup Sets') : l10n.t('Delete Backup Sets of {0}', scope.entry.name);
}

function askScope(app: App, inventory: Inventory): Step<Draft> {
  return async (draft, position) => {
    const scopes = deletionScopes(inventory);
    const every = everyScope(inventory);
    requireChoices(inventory, ['backups'], every.backups, l10n.t('There is no backup set to delete: none has ended.'));
    const choices = [
      ...scopes.map((scope): Choice<DeletionScope> => ({ label: scope.entry?.name ?? '', description: [scope.entry?.namespace ?? '', ...(scope.entry?.cluster === undefined ? [l10n.t('cluster is gone')] : []), countWords(scope.backups)].join(' · '), icon: 'database', value: scope })),
      { label: l10n.t('All backup sets'), description: countWords(every.backups), icon: 'archive', value: every },
    ];
    const answer = await app.prompts.pick({ title: title({}), placeholder: l10n.t('Of which cluster'), choices, active: ({ entry }) => draft.scope !== undefined && entry?.key === draft.scope.entry?.key, position });
    return mapAnswer(answer, (scope) => ({ ...draft, scope }));
  };
}

function askBy(app: App): Step<Draft> {
  return async (draft, position) => {
    const backups = draft.scope?.backups ?? [];
    const answer = await app.prompts.pick<NonNullable<Draft['by']>>({
      title: title(draft),
      placeholder: l10n.t('Which ones. You see them before anything is deleted.'),
      choices: [
        { label: l10n.t('Older Than…'), icon: 'calendar', value: 'age' },
        { label: l10n.t('Those That Failed'), description: countWords(failedOf(backups)), icon: 'error', value: 'failed' },
        { label: l10n.t('Choose One by One'), description: countWords(backups), icon: 'list-selection', value: 'hand' },
      ],
      active: (by) => by === draft.by,
      position,
    });
    return mapAnswer(answer, (by) => ({ ...draft, by }));
  };
}

const USUAL_AGE = '30d';

function askAge(app: App): Step<Draft> {
  return async (draft, position) => {
    const backups = draft.scope?.backups ?? [];
    const answer = await app.prompts.input({
      title: l10n.t('Older than'),
      prompt: l10n.t('For example 30d, 1mo or 12h'),
      value: draft.age ?? USUAL_AGE,
      validate: (text) => (text.trim() === '' ? l10n.t('Say how old: 30d, 1mo or 12h.') : retentionProblem(text.trim())),
      explain: (text) => ageWords(app, backups, text.trim()),
      position,
    });
    return mapAnswer(answer, (age) => ({ ...draft, age: age.trim() }));
  };
}

function ageWords(app: App, backups: readonly Backup[], age: string): string | undefined {
  const time = app.time();
  const parsed = parseRetention(age);
  return parsed.ok ? l10n.t('{0} of {1} ended before {2}', countWords(olderThan(backups, age, time.now)), backups.length, localAndUtcText(time.now - parsed.ms, time)) : undefined;
}

/** Those that fit are chosen; a person takes out what shall stay. */
function askWhich(app: App): Step<Draft> {
  return async (draft, position) => {
    const time = app.time();
    const { scope, by, age = '' } = draft;
    const all = scope?.backups ?? [];
    const fitting = by === 'age' ? olderThan(all, age, time.now) : by === 'failed' ? failedOf(all) : all;
    if (fitting.length === 0) {
      notify(app, 'info', l10n.t('No backup set fits: nothing is that old, or nothing failed.'), []);
      return { kind: 'back' };
    }
    const before = new Set((draft.chosen ?? []).map(keyOf));
    const answer = await app.prompts.pickMany({
      title: title(draft),
      placeholder: l10n.t('Which backup sets are deleted'),
      choices: fitting.map((backup): Choice<Backup> => {
        const { label, description = '', icon } = backupNode(backup, time, 'pick');
        return { label, description, detail: backup.metadata.namespace ?? '', ...(icon === undefined ? {} : { icon }), value: backup };
      }),
      picked: (backup) => (draft.chosen === undefined ? by !== 'hand' : before.has(keyOf(backup))),
      position,
    });
    return mapAnswer(answer, (chosen) => ({ ...draft, chosen }));
  };
}

/** Asks once for all, and deletes. A person who declines is where they were. */
function deleteStep(app: App, { context }: Inventory, onDeleted: (follow: Follow) => void): Step<Draft> {
  return async (draft) => {
    const operations = requireOperations(app, context);
    const chosen = draft.chosen ?? [];
    const outcome = await app.contextRules.change(context, () =>
      app.views.withProgress(l10n.t('Deleting backup sets (“Cancel” leaves the others)'), (report, signal) =>
        deleteBackups(operations, operations.session.inventory, chosen, {
          confirm: confirmDeletion(app, context, title(draft)),
          time: app.time(),
          signal,
          onProgress: (done, total) => report(l10n.t('{0} of {1}', done, total)),
        }),
      ),
    );
    if (outcome.kind === 'declined') {
      return { kind: 'back' };
    }
    tellOutcome(app, outcome);
    onDeleted(followDeletion(app, operations, outcome.deleted));
    return { kind: 'value', value: draft };
  };
}

function tellOutcome(app: App, { deleted, failed }: Extract<DeleteOutcome, { kind: 'deleting' }>): void {
  const [first] = failed;
  if (first !== undefined) {
    notify(app, 'error', l10n.t('{0} of {1} backup sets were not deleted. {2}', failed.length, deleted.length + failed.length, first.error.message), [{ label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' }]);
    failed.forEach(({ error }) => app.log.warn(error.message));
  }
}

function countWords(backups: readonly Backup[]): string {
  const bytes = backups.reduce((sum, { status }) => sum + (parseBytes(status?.totalSize) ?? 0), 0);
  return bytes === 0 ? l10n.t('{0} backup sets', backups.length) : l10n.t('{0} backup sets, {1}', backups.length, bytesText(bytes));
}
