import * as l10n from '@vscode/l10n';
import { newestFirst } from '../../kubeblocks/backupGroups';
import { backupState } from '../../kubeblocks/backupState';
import { componentOf } from '../../kubeblocks/clusterIndex';
import { parseBytes } from '../../kubeblocks/bytes';
import type { Inventory } from '../../kubeblocks/inventory';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import { LABELS } from '../../kubeblocks/labels';
import type { Backup, Parameter } from '../../kubeblocks/objects';
import type { ComponentChange } from '../../kubeblocks/restoreRequest';
import { leftOut, wayText } from '../../kubeblocks/restorePlanText';
import { restoreWays, writtenWay, type RestoreWay } from '../../kubeblocks/restoreWays';
import type { PlannedComponent } from '../../kubeblocks/restoreCreates';
import type { RestorePlan } from '../../kubeblocks/restorePlan';
import type { App } from '../app';
import type { ObjectRef } from '../objectRef';
import type { Choice } from '../prompts/prompts';
import { askAlone, type Step } from '../prompts/steps';
import { askParameter } from './parameterQuestion';
import { backupChoices } from './pickObject';
import { restoreParametersOf, type RestoreDraft } from './restoreDraft';
import { askNamespace, askTargetName, askTime, askWay } from './restoreQuestions';

/** What Redis restores, by the variables of its action set (`cluster restore --restore-key` of kbcli). */
const KEY_PATTERNS = 'DP_RESTORE_KEY_PATTERNS';

/** What makes another draft of one; undefined where the person leaves. */
export type Change<D = RestoreDraft> = () => Promise<D | undefined>;

/** Asks what is to be different, then how; undefined where the person leaves. */
export async function askChange(app: App, draft: RestoreDraft, plan: RestorePlan): Promise<RestoreDraft | undefined> {
  const written = writtenWay(plan.line);
  const choices: Choice<Change>[] = [
    ...answerChoices(app, draft, plan),
    policyChoice(draft),
    deferChoice(draft),
    ...jobChoices(app, draft, plan.request.backup),
    ...(written === undefined ? [] : plan.creates.components.map((component) => componentChoice(app, draft, component, plan.line))),
  ];
  if (written !== undefined) choices.push(...onlyChoices(draft, plan, written));
  if (written === 'annotation') choices.push(...othersChoices(app, draft, plan));
  const chosen = await app.prompts.pick<Change>({ title: l10n.t('Change the restore into {0}', plan.target.name), placeholder: l10n.t('What is to be different'), choices });
  return chosen.kind === 'value' ? chosen.value() : undefined;
}

/** What was answered before the plan: another answer makes another plan. */
function answerChoices(app: App, draft: RestoreDraft, { target, line, window }: RestorePlan): readonly Choice<Change>[] {
  const { inventory } = app.active;
  if (inventory === undefined) return [];
  const latest = (): Inventory => app.active.inventory ?? inventory;
  const choice = (label: string, description: string, icon: string, step: Step<RestoreDraft>): Choice<Change> => ({ label, description, icon, value: () => askAlone(step, draft) });
  return [
    choice(l10n.t('Name of the new cluster…'), target.name, 'tag', askTargetName(app, latest)),
    choice(l10n.t('Namespace of the new cluster…'), target.namespace, 'symbol-namespace', askNamespace(app)),
    ...(window === undefined ? [] : [choice(l10n.t('Point in time…'), draft.timeText ?? '', 'history', askTime(app, latest))]),
    ...(restoreWays(line).length > 1 ? [choice(l10n.t('How to ask for the restore…'), wayText(draft.way ?? 'opsRequest'), 'file-code', askWay(app, inventory))] : []),
    ...restoreParametersOf(draft, inventory).map((parameter) => choice(l10n.t('Parameter {0}…', parameter.name), draft.parameters[parameter.name] ?? '', 'settings', askParameter<RestoreDraft>(app, parameter))),
  ];
}

/** What the restore jobs are told. */
export function jobChoices<D extends RestoreDraft>(app: App, draft: D, backup: Backup): readonly Choice<Change<D>>[] {
  return [
    { label: l10n.t('Variables for the restore jobs…'), description: envText(draft.env), icon: 'symbol-variable', value: () => askEnv(app, draft) },
    ...(isRedis(backup) ? [{ label: l10n.t('Keys to restore…'), description: envText(draft.env?.filter(({ name }) => name === KEY_PATTERNS)), icon: 'key', value: () => askKeys(app, draft) }] : []),
  ];
}

export function policyChoice<D extends RestoreDraft>(draft: D): Choice<Change<D>> {
  const isSerial = draft.volumeRestorePolicy === 'Serial';
  return {
    label: isSerial ? l10n.t('Restore all volumes at once') : l10n.t('Restore one volume after the other'),
    icon: 'layers',
    value: () => Promise.resolve({ ...draft, volumeRestorePolicy: isSerial ? 'Parallel' : 'Serial' }),
  };
}

function deferChoice(draft: RestoreDraft): Choice<Change> {
  const isDeferred = draft.deferPostReadyUntilClusterRunning === true;
  return {
    label: isDeferred ? l10n.t('Run the steps after the start once the component is Running') : l10n.t('Run the steps after the start once the whole cluster is Running'),
    icon: 'debug-step-over',
    value: () => Promise.resolve({ ...draft, deferPostReadyUntilClusterRunning: !isDeferred }),
  };
}

function componentChoice(app: App, draft: RestoreDraft, component: PlannedComponent, line: KubeBlocksLine | undefined): Choice<Change> {
  return {
    label: l10n.t('Component {0}…', component.name),
    description: l10n.t('replicas, version, storage'),
    detail: draft.way === undefined || draft.way === 'opsRequest' ? l10n.t('The Cluster is then written here, instead of by an OpsRequest.') : '',
    icon: 'symbol-class',
    value: () => askComponent(app, draft, component, line),
  };
}

/** Where some would start empty: without them, or with them again. */
function onlyChoices(draft: RestoreDraft, { request, snapshot }: RestorePlan, written: RestoreWay): readonly Choice<Change>[] {
  const left = snapshot === undefined ? [] : leftOut(request, snapshot);
  if (left.length === 0) return [];
  const isOnly = draft.onlyRestored === true;
  const kept = [request.backup, ...(request.others ?? [])].flatMap((backup) => componentOf(backup) ?? []).join(', ');
  return [
    {
      label: isOnly ? l10n.t('Restore all components') : l10n.t('Restore {0} alone', kept),
      detail: isOnly ? l10n.t('{0} would start empty.', left.join(', ')) : l10n.t('Without {0}, which would start empty; the Cluster is then written here.', left.join(', ')),
      icon: 'symbol-class',
      value: () => Promise.resolve({ ...draft, onlyRestored: !isOnly, ...(isOnly ? {} : { way: draft.way === undefined || draft.way === 'opsRequest' ? written : draft.way }) }),
    },
  ];
}

/** Components that start empty, and have backups of their own. */
function othersChoices(app: App, draft: RestoreDraft, { creates, request }: RestorePlan): readonly Choice<Change>[] {
  const source = draft.backup?.metadata.labels?.[LABELS.instance];
  const all = [...(app.active.inventory?.backups.items.values() ?? [])].filter((backup) => backup.metadata.namespace === request.backup.metadata.namespace && backup.metadata.labels?.[LABELS.instance] === source && backupState(backup) === 'completed').sort(newestFirst);
  return creates.components.flatMap((component): readonly Choice<Change>[] => {
    const backups = all.filter((backup) => componentOf(backup) === component.name && backup.metadata.name !== request.backup.metadata.name);
    if (backups.length === 0 || component.name === componentOf(request.backup)) return [];
    return [{ label: l10n.t('Data of component {0}…', component.name), description: draft.others?.find((other) => componentOf(other) === component.name)?.metadata.name ?? l10n.t('starts empty'), detail: l10n.t('From a backup set of its own; the Cluster is then written here'), icon: 'archive', value: () => askOther(app, draft, component.name, backups) }];
  });
}

async function askOther(app: App, draft: RestoreDraft, component: string, backups: readonly Backup[]): Promise<RestoreDraft | undefined> {
  const answer = await app.prompts.pick<ObjectRef>({ title: l10n.t('Data of component {0}', component), placeholder: l10n.t('Which backup set'), choices: backupChoices(backups, app.time()) });
  const chosen = answer.kind === 'value' ? backups.find(({ metadata }) => metadata.name === answer.value.name) : undefined;
  return chosen === undefined ? undefined : { ...draft, way: 'annotation', others: [...(draft.others ?? []).filter((other) => componentOf(other) !== component), chosen] };
}

type Field = 'replicas' | 'serviceVersion' | 'storageClass' | 'storage' | 'name';

async function askComponent(app: App, draft: RestoreDraft, component: PlannedComponent, line: KubeBlocksLine | undefined): Promise<RestoreDraft | undefined> {
  const [volume] = component.volumes;
  const before: Readonly<Record<Field, string>> = {
    replicas: String(component.replicas),
    serviceVersion: component.serviceVersion ?? '',
    storageClass: volume?.storageClass ?? '',
    storage: volume?.size ?? '',
    name: component.name,
  };
  const fields: readonly Field[] = ['replicas', 'serviceVersion', ...(volume === undefined ? [] : (['storageClass', 'storage'] as const)), ...(line === '1.2' ? [] : (['name'] as const))];
  const title = l10n.t('Change component {0}', component.name);
  const field = await app.prompts.pick<Field>({ title, placeholder: l10n.t('What is to be different'), choices: fields.map((each) => ({ label: FIELDS[each](), description: before[each], value: each })) });
  if (field.kind !== 'value') {
    return undefined;
  }
  const text = await app.prompts.input({ title, prompt: FIELDS[field.value](), value: before[field.value], validate: (typed) => problemOf(field.value, typed.trim()) });
  if (text.kind !== 'value') {
    return undefined;
  }
  const value = text.value.trim();
  const change: ComponentChange = field.value === 'replicas' ? { replicas: Number(value) } : { [field.value]: value };
  // A component that was renamed is known by its old name.
  const [key = component.name] = Object.entries(draft.components ?? {}).find(([, { name }]) => name === component.name) ?? [];
  const way = draft.way === undefined || draft.way === 'opsRequest' ? writtenWay(line) : draft.way;
  return { ...draft, ...(way !== undefined && { way }), components: { ...draft.components, [key]: { ...draft.components?.[key], ...change } } };
}

const FIELDS: Readonly<Record<Field, () => string>> = {
  replicas: () => l10n.t('Replicas'),
  serviceVersion: () => l10n.t('Version of the database'),
  storageClass: () => l10n.t('Storage class of its volumes'),
  storage: () => l10n.t('Size of its volumes'),
  name: () => l10n.t('Name in the new cluster'),
};

function problemOf(field: Field, text: string): string | undefined {
  if (text === '') return l10n.t('Nothing stands here.');
  if (field === 'replicas') return /^[1-9]\d{0,4}$/.test(text) ? undefined : l10n.t('Write a whole number, at least 1.');
  if (field === 'storage') return parseBytes(text) === undefined ? l10n.t('Write a size like 100Gi.') : undefined;
  return undefined;
}

async function askEnv<D extends RestoreDraft>(app: App, draft: D): Promise<D | undefined> {
  const answer = await app.prompts.input({
    title: l10n.t('Variables for the restore jobs'),
    prompt: l10n.t('NAME=VALUE, several separated by spaces; which count, the engine decides. They are stored in the cluster for all to read: no passwords.'),
    value: envText(draft.env),
    validate: (text) => (text.trim() === '' || text.trim().split(/\s+/).every((part) => /^[A-Za-z_]\w*=/.test(part)) ? undefined : l10n.t('Write NAME=VALUE.')),
  });
  if (answer.kind !== 'value') {
    return undefined;
  }
  const env = answer.value.trim().split(/\s+/).filter((part) => part !== '').map((part): Parameter => ({ name: part.slice(0, part.indexOf('=')), value: part.slice(part.indexOf('=') + 1) }));
  return { ...draft, env };
}

async function askKeys<D extends RestoreDraft>(app: App, draft: D): Promise<D | undefined> {
  const others = (draft.env ?? []).filter(({ name }) => name !== KEY_PATTERNS);
  const answer = await app.prompts.input({
    title: l10n.t('Keys to restore'),
    prompt: l10n.t('Patterns separated by commas, like user:*,cart:*; nothing restores all'),
    value: draft.env?.find(({ name }) => name === KEY_PATTERNS)?.value ?? '',
  });
  if (answer.kind !== 'value') {
    return undefined;
  }
  const value = answer.value.trim();
  return { ...draft, env: value === '' ? others : [...others, { name: KEY_PATTERNS, value }] };
}

function isRedis({ status }: Backup): boolean {
  return /redis/i.test(status?.backupMethod?.actionSetName ?? '');
}

function envText(env: readonly Parameter[] | undefined): string {
  return (env ?? []).map(({ name, value }) => `${name}=${value}`).join(' ');
}
