import * as l10n from '@vscode/l10n';
import { KINDS, type KindId } from '../../kubeblocks/kinds';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { applyChanges, type Applied } from '../../operations/applyChanges';
import { planChanges, type PlannedChange } from '../../operations/planChanges';
import type { App } from '../app';
import type { ErrorAction } from '../commandError';
import type { Operations } from '../connection/operations';
import { refOf } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { agreeToChange } from './agreeToChange';
import type { Command } from './command';
import { followBackup, followedBackup } from './followBackup';
import { choosePart, findingsIn, KNOWLEDGE, lineOf, namesOf, refuseErrors, requireManifest, valueOf } from './manifestTarget';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';
import { showChanges } from './diffManifest';
import type { OpenManifest } from '../manifests';

interface Proposal {
  readonly title: string;
  readonly context: string;
  readonly manifest: OpenManifest;
  readonly changes: readonly PlannedChange[];
  readonly findings: readonly ManifestFinding[];
}

/** Applies a manifest: what our rules find, then what the server says, then the person's word. */
export const applyManifest: Command = async (app, { argument }) => {
  const manifest = await requireManifest(app, argument);
  const { context, line = manifest.line, defaultNamespace } = await requireInventory(app, KNOWLEDGE);
  app.contextRules.requireChangeable(context);
  const title = l10n.t('Apply {0}', manifest.name);
  const part = await choosePart(app, manifest, title, argument);
  const findings = await findingsIn(manifest, part, line);
  refuseErrors(manifest, findings, l10n.t('Nothing was applied'));
  const operations = requireOperations(app, context);
  const changes = valueOf(await app.prompts.busy({ title, placeholder: l10n.t('Asking the server…') }, (signal) => planChanges(operations, part.objects, defaultNamespace, signal)));
  if (changes.every(({ change }) => change === 'none')) {
    notify(app, 'info', l10n.t('Nothing to apply: {0} is in {1} as it is written.', namesOf(part.objects), context), []);
    return undefined;
  }
  await agree(app, { title, context, manifest, changes, findings });
  const applied = await send(app, operations, { title, context, changes });
  tell(app, context, applied);
  return followingOf(app, operations, applied);
};

/** What was sent cannot be called back: whoever leaves meanwhile still learns how it ended. */
async function send(app: App, operations: Operations, { title, context, changes }: Pick<Proposal, 'title' | 'context' | 'changes'>): Promise<readonly Applied[]> {
  const sent = app.contextRules.change(context, () => applyChanges(requireSame(app, operations), changes));
  await app.prompts.busy({ title, placeholder: l10n.t('Applying…') }, () => sent);
  return sent;
}

function requireSame(app: App, { session }: Operations): Operations {
  return requireOperations(app, session.context);
}

async function agree(app: App, proposal: Proposal): Promise<void> {
  const { title, context, manifest, changes } = proposal;
  for (;;) {
    const chosen = valueOf(await app.prompts.pick({ title, placeholder: l10n.t('The server accepts it (dry run). Context {0}', context), choices: choicesFor(proposal), active: (choice) => choice === 'apply' }));
    if (chosen === 'diff') {
      await showChanges(app, manifest, context, changes);
    } else if (chosen === 'apply' && (await agreeToChange(app, context, title)).kind === 'value') {
      return;
    }
  }
}

type Choose = 'apply' | 'diff' | 'nothing';

function choicesFor({ context, manifest, changes, findings }: Proposal): readonly Choice<Choose>[] {
  const [first] = changes;
  const where = (change: PlannedChange): string => (change.object.metadata.namespace === undefined ? context : l10n.t('{0}, namespace {1}', context, change.object.metadata.namespace));
  const isAlone = changes.length === 1 && first !== undefined;
  const apply: Choice<Choose> = isAlone
    ? { label: actOf(first), description: where(first), icon: 'cloud-upload', value: 'apply' }
    : { label: l10n.t('Apply {0} objects', changes.length), description: context, icon: 'cloud-upload', value: 'apply' };
  return [
    apply,
    { label: l10n.t('Show what would change'), icon: 'diff', value: 'diff' },
    ...(isAlone ? [] : changes.map((change): Choice<Choose> => ({ label: actOf(change), description: where(change), icon: ICONS[change.change], value: 'nothing' }))),
    ...changes.flatMap((change) => warningsOf(change)),
    ...findings.map((finding): Choice<Choose> => ({ label: finding.message, description: l10n.t('line {0}', lineOf(manifest, finding)), icon: finding.severity === 'warning' ? 'warning' : 'info', value: 'nothing' })),
  ];
}

const ICONS = { create: 'add', update: 'edit', none: 'check' } as const;

function actOf({ change, resource, object }: PlannedChange): string {
  const { name } = object.metadata;
  switch (change) {
    case 'create':
      return l10n.t('Create {0} {1}', resource.kind, name);
    case 'update':
      return l10n.t('Change {0} {1}', resource.kind, name);
    case 'none':
      return l10n.t('{0} {1} stays as it is', resource.kind, name);
  }
}

function warningsOf({ resource, object, conflicts, warnings }: PlannedChange): readonly Choice<Choose>[] {
  const name = `${resource.kind} ${object.metadata.name}`;
  const taken = conflicts.map(({ field, message }): Choice<Choose> => ({ label: l10n.t('{0}: {1} was set by another and is taken over', name, field), detail: message, icon: 'warning', value: 'nothing' }));
  return [...taken, ...warnings.map((warning): Choice<Choose> => ({ label: l10n.t('{0}: {1}', name, warning), icon: 'warning', value: 'nothing' }))];
}

function tell(app: App, context: string, applied: readonly Applied[]): void {
  const shown = applied.map(({ change }) => shownAs(change)).find((action) => action !== undefined);
  const names = applied.map(({ change, object }) => `${change.resource.kind} ${object.metadata.name}`).join(', ');
  notify(app, 'info', l10n.t('Applied to {0}: {1}.', context, names), shown === undefined ? [] : [shown]);
}

function shownAs({ resource, object }: PlannedChange): ErrorAction | undefined {
  const kind = (Object.keys(KINDS) as KindId[]).find((id) => KINDS[id].kind === resource.kind && resource.group.endsWith('kubeblocks.io'));
  return kind === undefined ? undefined : { label: l10n.t('Show'), command: 'kubeblocksBackup.describe', arguments: [refOf(kind, object)] };
}

/** A backup that was made alone is followed to its end, as one made by "Back Up Now". */
function followingOf(app: App, operations: Operations, [first, ...others]: readonly Applied[]): (() => Promise<void>) | undefined {
  const isBackup = first?.change.change === 'create' && first.change.resource.kind === KINDS.backup.kind && first.change.resource.group === KINDS.backup.group;
  return isBackup && others.length === 0 ? () => followBackup(app, operations, followedBackup(operations.session.context, first.object)) : undefined;
}
