import * as l10n from '@vscode/l10n';
import { encryptionText } from '../../kubeblocks/describe/describePolicy';
import { nameProblem } from '../../kubeblocks/names';
import { isCutLoose, isGeneratedPolicy } from '../../kubeblocks/policyPlace';
import { ENCRYPTION_ALGORITHMS, roleOf, targetsOf, type EncryptionAlgorithm, type PolicyWish, type SecretKeys } from '../../kubeblocks/policyPlan';
import type { WholePolicy, WholeTarget } from '../../kubeblocks/wholeObjects';
import { secretsIn } from '../../operations/secretKeys';
import type { App } from '../app';
import { mapAnswer, type Choice } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import type { PolicySubject } from './changePolicyRepository';
import { requireOperations } from './requireOperations';

type Field = { readonly kind: 'encryption' | 'keepLatest' | 'followTemplate' | 'repository' } | { readonly kind: 'target'; readonly method: string | undefined };

/** What was answered so far about a policy. A pass phrase lives in this window's memory alone. */
export interface PolicyDraft {
  readonly subject?: PolicySubject;
  readonly policy?: WholePolicy;
  readonly field?: Field;
  readonly algorithm?: EncryptionAlgorithm | 'none';
  /** Where the pass phrase is from. */
  readonly source?: 'new' | 'secret';
  readonly passPhrase?: string;
  /** A Secret that is there; its keys where they are known. */
  readonly secret?: string;
  readonly keys?: readonly string[];
  readonly key?: string;
  readonly role?: string;
  readonly strategy?: 'Any' | 'All';
  readonly keep?: boolean;
}

type Ask = Step<PolicyDraft>;

/** What is to be changed, each as it is now. */
export function askField(app: App): Ask {
  return async (draft, position) => {
    const { policy } = draft;
    if (policy === undefined) {
      return { kind: 'back' };
    }
    const { metadata, spec } = policy;
    const choices: Choice<Field>[] = [
      { label: l10n.t('Encryption'), description: encryptionText(policy), icon: 'lock', value: { kind: 'encryption' } },
      ...targetsOf(policy).map(({ method, target }): Choice<Field> => ({ label: method === undefined ? l10n.t('Pods') : l10n.t('Pods of {0}', method), description: podsText(target), icon: 'target', value: { kind: 'target', method } })),
      { label: l10n.t('Newest Backup'), description: spec?.retentionPolicy === 'retainLatestBackup' ? l10n.t('does not expire') : l10n.t('expires like the others'), icon: 'history', value: { kind: 'keepLatest' } },
      { label: l10n.t('Repository…'), description: spec?.backupRepoName ?? l10n.t('the default one'), icon: 'cloud-upload', value: { kind: 'repository' } },
      ...(isGeneratedPolicy(policy) && isCutLoose(policy) ? [{ label: l10n.t('Follow the Template Again'), description: l10n.t('the policy is cut loose from it'), icon: 'link', value: { kind: 'followTemplate' } } as const] : []),
    ];
    const answer = await app.prompts.pick({ title: l10n.t('Change Policy {0}', metadata.name), placeholder: l10n.t('What to change'), choices, active: (field) => isSameField(field, draft.field), position });
    if (answer.kind === 'value' && answer.value.kind === 'repository') {
      await app.runCommand('kubeblocksBackup.changePolicyRepository', { kind: 'backupPolicy', name: metadata.name, namespace: metadata.namespace ?? '' });
      return { kind: 'cancelled' };
    }
    return mapAnswer(answer, (field) => (isSameField(field, draft.field) ? draft : { ...withoutAnswers(draft), field }));
  };
}

function isSameField(field: Field, other: Field | undefined): boolean {
  return field.kind === other?.kind && (field.kind !== 'target' || other.kind !== 'target' || field.method === other.method);
}

function withoutAnswers({ subject, policy }: PolicyDraft): PolicyDraft {
  return { ...(subject === undefined ? {} : { subject }), ...(policy === undefined ? {} : { policy }) };
}

/** The questions about the field that was chosen. */
export function questionsFor(app: App, context: string, { field, algorithm, source }: PolicyDraft): readonly Ask[] {
  switch (field?.kind) {
    case 'encryption':
      return [askAlgorithm(app), ...(algorithm === undefined || algorithm === 'none' ? [] : [askSource(app), ...(source === 'secret' ? [askSecret(app, context), askKey(app)] : [askPassPhrase(app), repeatPassPhrase(app)])])];
    case 'target':
      return [askRole(app, field.method), askStrategy(app, field.method)];
    case 'keepLatest':
      return [askKeep(app)];
    default:
      return [];
  }
}

function askAlgorithm(app: App): Ask {
  return async (draft, position) => {
    const choices: Choice<EncryptionAlgorithm | 'none'>[] = [
      ...ENCRYPTION_ALGORITHMS.map((algorithm): Choice<EncryptionAlgorithm> => ({ label: algorithm, icon: 'lock', value: algorithm })),
      { label: l10n.t('No Encryption'), icon: 'unlock', value: 'none' },
    ];
    const answer = await app.prompts.pick({ title: l10n.t('How backups are encrypted'), placeholder: l10n.t('The pass phrase is kept in a Secret'), choices, active: (algorithm) => algorithm === draft.algorithm, position });
    return mapAnswer(answer, (algorithm) => ({ ...draft, algorithm }));
  };
}

function askSource(app: App): Ask {
  return async (draft, position) => {
    const choices = [
      { label: l10n.t('A New Pass Phrase'), description: l10n.t('a Secret is made for it'), icon: 'key', value: 'new' },
      { label: l10n.t('A Secret That Is There…'), description: l10n.t('one of its keys is the pass phrase'), icon: 'symbol-key', value: 'secret' },
    ] as const;
    const answer = await app.prompts.pick<'new' | 'secret'>({ title: l10n.t('Which pass phrase'), placeholder: l10n.t('What the backups are encrypted with'), choices, active: (source) => source === (draft.source ?? 'new'), position });
    return mapAnswer(answer, (source) => ({ ...draft, source }));
  };
}

/** Chosen from those of the policy's namespace; typed where they may not be listed, or where somebody else will make it. */
function askSecret(app: App, context: string): Ask {
  return async (draft, position) => {
    const { name, namespace = '' } = draft.policy?.metadata ?? { name: '' };
    const operations = requireOperations(app, context);
    const title = l10n.t('Secret with the pass phrase');
    const listed = await app.prompts.busy({ title, placeholder: l10n.t('Asking the server…'), position }, (signal) => secretsIn(operations, namespace, signal));
    if (listed.kind !== 'value') {
      return listed;
    }
    // Those that go with something else, such as a database's account, come last.
    const known = (listed.value ?? []).toSorted((a, b) => Number(a.owner !== undefined) - Number(b.owner !== undefined));
    if (known.length > 0) {
      const choices: Choice<SecretKeys | undefined>[] = [...known.map((secret): Choice<SecretKeys> => ({ label: secret.name, description: secret.keys.join(', '), icon: 'symbol-key', value: secret })), { label: l10n.t('Type Its Name…'), icon: 'edit', value: undefined }];
      const answer = await app.prompts.pick({ title, placeholder: l10n.t('Of namespace {0}, where policy {1} looks for it', namespace, name), choices, active: (secret) => secret?.name === draft.secret, position });
      if (answer.kind !== 'value' || answer.value !== undefined) {
        return mapAnswer(answer, (secret) => (secret === undefined ? draft : { ...draft, secret: secret.name, keys: secret.keys }));
      }
    }
    const typed = await app.prompts.input({ title, prompt: l10n.t('Of namespace {0}, where policy {1} looks for it', namespace, name), value: draft.secret ?? '', validate: (text) => nameProblem(text.trim()), position: { ...position, canGoBack: true } });
    return mapAnswer(typed, (secret) => ({ ...draft, secret: secret.trim(), keys: known.find((each) => each.name === secret.trim())?.keys ?? [] }));
  };
}

/** Which of its keys; typed where they are not known. */
function askKey(app: App): Ask {
  return async (draft, position) => {
    const title = l10n.t('Key of Secret {0}', draft.secret ?? '');
    const keys = draft.keys ?? [];
    const answer =
      keys.length > 0
        ? await app.prompts.pick({ title, placeholder: l10n.t('Which key is the pass phrase'), choices: keys.map((key) => ({ label: key, icon: 'key', value: key })), active: (key) => key === draft.key, position })
        : await app.prompts.input({ title, prompt: l10n.t('Which key is the pass phrase'), value: draft.key ?? '', validate: (text) => (/^[-._a-zA-Z0-9]{1,253}$/.test(text.trim()) ? undefined : l10n.t('Letters, digits, “-”, “_” and “.” are needed.')), position });
    return mapAnswer(answer, (key) => ({ ...draft, key: key.trim() }));
  };
}

/** Long enough that trying them all takes too long. */
const SHORTEST_PASS_PHRASE = 12;

function askPassPhrase(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('New pass phrase'),
      prompt: l10n.t('At least {0} characters. It goes into a Secret and nowhere else: keep it somewhere yourself', SHORTEST_PASS_PHRASE),
      value: draft.passPhrase ?? '',
      password: true,
      validate: (text) => (text.length < SHORTEST_PASS_PHRASE ? l10n.t('At least {0} characters are needed.', SHORTEST_PASS_PHRASE) : text.trim() === text ? undefined : l10n.t('It begins or ends with a blank, which is easily lost when it is copied.')),
      position,
    });
    return mapAnswer(answer, (passPhrase) => ({ ...draft, passPhrase }));
  };
}

function repeatPassPhrase(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('The pass phrase once more'),
      prompt: l10n.t('Nobody can read what was encrypted with a slip of the finger'),
      value: '',
      password: true,
      validate: (text) => (text === draft.passPhrase ? undefined : l10n.t('It is not the same as before. Type it again, or go back.')),
      position,
    });
    return mapAnswer(answer, () => draft);
  };
}

function targetOf({ policy }: PolicyDraft, method: string | undefined): WholeTarget | undefined {
  return policy === undefined ? undefined : targetsOf(policy).find((each) => each.method === method)?.target;
}

/** Which role the pod has; those that KubeBlocks' engines have are offered. */
const USUAL_ROLES = ['primary', 'secondary', 'leader', 'follower'] as const;

function askRole(app: App, method: string | undefined): Ask {
  return async (draft, position) => {
    const now = targetOf(draft, method);
    const current = draft.role ?? (now === undefined ? undefined : roleOf(now));
    const known = [...new Set([...(current === undefined || current === ANY_ROLE ? [] : [current]), ...rolesIn(draft), ...USUAL_ROLES])];
    const choices: Choice<string>[] = [...known.map((role) => ({ label: role, icon: 'person', value: role })), { label: l10n.t('Any Role'), icon: 'organization', value: ANY_ROLE }];
    const answer = await app.prompts.pick({ title: l10n.t('Which pod is backed up'), placeholder: l10n.t('Its role; the database must have it, or backups find no pod'), choices, active: (role) => role === (current ?? ANY_ROLE), position });
    return mapAnswer(answer, (role) => ({ ...draft, role }));
  };
}

const ANY_ROLE = '';

/** Roles that the policy speaks of already. */
function rolesIn({ policy }: PolicyDraft): readonly string[] {
  return policy === undefined ? [] : targetsOf(policy).flatMap(({ target }) => roleOf(target) ?? []);
}

function askStrategy(app: App, method: string | undefined): Ask {
  return async (draft, position) => {
    const current = draft.strategy ?? targetOf(draft, method)?.podSelector?.strategy ?? 'Any';
    const choices = [
      { label: l10n.t('One of Them'), icon: 'circle-filled', value: 'Any' },
      { label: l10n.t('Each of Them'), icon: 'multiple-windows', value: 'All' },
    ] as const;
    const answer = await app.prompts.pick<'Any' | 'All'>({ title: l10n.t('How many pods are backed up'), placeholder: l10n.t('Where several have that role'), choices, active: (strategy) => strategy === current, position });
    return mapAnswer(answer, (strategy) => ({ ...draft, strategy }));
  };
}

function askKeep(app: App): Ask {
  return async (draft, position) => {
    const choices = [
      { label: l10n.t('Keep the Newest Whatever Its Age'), icon: 'pinned', value: true },
      { label: l10n.t('Let It Expire Like the Others'), icon: 'history', value: false },
    ];
    const answer = await app.prompts.pick({ title: l10n.t('The newest backup'), placeholder: l10n.t('Of each method of the policy'), choices, active: (keep) => keep === (draft.keep ?? true), position });
    return mapAnswer(answer, (keep) => ({ ...draft, keep }));
  };
}

/** The Secret that is there already, where that is the answer. */
export function secretOf({ field, algorithm, source, secret }: PolicyDraft): string | undefined {
  return field?.kind === 'encryption' && algorithm !== 'none' && source === 'secret' ? secret : undefined;
}

/** What the answers come to; undefined where one is missing. `found`: what is known of that Secret. */
export function wishOf({ field, algorithm, source, passPhrase, secret, key, role, strategy, keep }: PolicyDraft, found?: SecretKeys | 'missing' | 'forbidden'): PolicyWish | undefined {
  switch (field?.kind) {
    case 'encryption':
      if (source === 'secret' && algorithm !== undefined && algorithm !== 'none') {
        return secret === undefined || key === undefined || found === undefined ? undefined : { kind: 'encryptionBy', algorithm, secret: { name: secret, key }, found };
      }
      return algorithm === 'none' ? { kind: 'noEncryption' } : algorithm === undefined || passPhrase === undefined ? undefined : { kind: 'encryption', algorithm, passPhrase };
    case 'target':
      return strategy === undefined ? undefined : { kind: 'target', strategy, ...(field.method === undefined ? {} : { method: field.method }), ...(role === undefined || role === ANY_ROLE ? {} : { role }) };
    case 'keepLatest':
      return keep === undefined ? undefined : { kind: 'keepLatest', keep };
    case 'followTemplate':
      return { kind: 'followTemplate' };
    default:
      return undefined;
  }
}

function podsText(target: WholeTarget): string {
  const role = roleOf(target);
  const one = target.podSelector?.strategy !== 'All';
  if (role === undefined) {
    return one ? l10n.t('one pod of any role') : l10n.t('every pod');
  }
  return one ? l10n.t('one pod with role {0}', role) : l10n.t('every pod with role {0}', role);
}
