import * as l10n from '@vscode/l10n';
import { backupState } from './backupState';
import type { ClusterEntry } from './clusterIndex';
import type { PlanFinding } from './finding';
import type { Inventory } from './inventory';
import { KINDS, LINES } from './kinds';
import { ANNOTATIONS, LABELS } from './labels';
import { typeOf } from './lineage';
import { MAX_NAME } from './names';
import type { KubeObject } from './objects';
import { isCutLoose, isGeneratedPolicy } from './policyPlace';
import { SECRET, type CredentialSecret } from './repositoryPlan';
import { apiVersionOf, type Resource } from './resource';
import { wallClock } from './timeText';
import type { WholePolicy, WholeTarget } from './wholeObjects';

/** What KubeBlocks takes; the first is its default. */
export const ENCRYPTION_ALGORITHMS = ['AES-256-CFB', 'AES-192-CFB', 'AES-128-CFB'] as const;
export type EncryptionAlgorithm = (typeof ENCRYPTION_ALGORITHMS)[number];

/** The one thing that a person wants changed. */
export type PolicyWish =
  | { readonly kind: 'encryption'; readonly algorithm: EncryptionAlgorithm; readonly passPhrase: string }
  /** By a pass phrase that is there already. `found`: what is known of that Secret now. */
  | { readonly kind: 'encryptionBy'; readonly algorithm: EncryptionAlgorithm; readonly secret: SecretKey; readonly found: SecretKeys | 'missing' | 'forbidden' }
  | { readonly kind: 'noEncryption' }
  /** `method` absent: the target of all methods that have none of their own. `role` absent: whichever role a pod has. */
  | { readonly kind: 'target'; readonly method?: string; readonly role?: string; readonly strategy: 'Any' | 'All' }
  | { readonly kind: 'keepLatest'; readonly keep: boolean }
  /** Takes the template's word again. */
  | { readonly kind: 'followTemplate' };

export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** A Secret without its values. */
export interface SecretKeys {
  readonly name: string;
  readonly type?: string;
  readonly keys: readonly string[];
  /** What it goes with, as kind and name. */
  readonly owner?: string;
}

export interface PolicyPlan {
  readonly change: { readonly resource: Resource; readonly object: WholePolicy; readonly patch: (live: KubeObject) => object };
  /** Made before it; what a person typed is in here and nowhere else. */
  readonly secret: CredentialSecret | undefined;
  readonly findings: readonly PlanFinding[];
}

type Patch = { readonly spec?: object; readonly annotations?: Readonly<Record<string, string | null>> };

/** `policy` is the whole object, as the API server has it. What its controller writes anew was asked of KubeBlocks 1.0.2. */
export function planPolicy(inventory: Inventory, entry: ClusterEntry, policy: WholePolicy, wish: PolicyWish, now: number): PolicyPlan {
  const secret = wish.kind === 'encryption' ? secretOf(policy, wish.passPhrase, now) : undefined;
  const patchOf = (live: WholePolicy): Patch => {
    const cut = cutsLoose(live, wish) ? { [ANNOTATIONS.disableSync]: 'true' } : {};
    const annotations = wish.kind === 'followTemplate' ? { [ANNOTATIONS.disableSync]: null } : cut;
    const spec = specPatch(live, wish, secret);
    return { ...(spec === undefined ? {} : { spec }), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  };
  return {
    change: { resource: KINDS.backupPolicy, object: patched(policy, patchOf(policy)), patch: (live) => mergePatch(live, patchOf(live)) },
    secret,
    findings: [...sameFindings(policy, wish), ...(cutsLoose(policy, wish) ? [cutLooseFinding(policy)] : []), ...wishFindings(inventory, entry, policy, wish), ...lineFindings(inventory, policy)],
  };
}

/** The whole targets that a wish can be about: the policy's, and those that methods have of their own. */
export function targetsOf({ spec }: WholePolicy): readonly { readonly method: string | undefined; readonly target: WholeTarget }[] {
  const own = spec?.targets?.[0] ?? spec?.target;
  return [
    ...(own === undefined ? [] : [{ method: undefined, target: own }]),
    ...(spec?.backupMethods ?? []).flatMap(({ name, target, targets }) => {
      const first = targets?.[0] ?? target;
      return first === undefined ? [] : [{ method: name, target: first }];
    }),
  ];
}

export function roleOf({ podSelector }: WholeTarget): string | undefined {
  return podSelector?.matchLabels?.[LABELS.role];
}

/** A Secret of its own for each pass phrase: backups that exist are read with theirs. It has no owner, because they outlive policy and cluster. */
function secretOf({ metadata: { name, namespace } }: WholePolicy, passPhrase: string, now: number): CredentialSecret {
  const { date, time } = wallClock(now, 'UTC');
  const suffix = `-encryption-${date.replaceAll('-', '')}${time.replaceAll(':', '').slice(0, 6)}`;
  return {
    apiVersion: apiVersionOf(SECRET),
    kind: SECRET.kind,
    metadata: { name: `${name.slice(0, MAX_NAME - suffix.length)}${suffix}`, ...(namespace === undefined ? {} : { namespace }) },
    type: 'Opaque',
    stringData: { [PASS_PHRASE_KEY]: passPhrase },
  };
}

const PASS_PHRASE_KEY = 'passPhrase';

function specPatch(live: WholePolicy, wish: PolicyWish, secret: CredentialSecret | undefined): object | undefined {
  switch (wish.kind) {
    case 'encryption':
      return { encryptionConfig: { algorithm: wish.algorithm, passPhraseSecretKeyRef: { name: secret?.metadata.name ?? '', key: PASS_PHRASE_KEY } } };
    case 'encryptionBy':
      return { encryptionConfig: { algorithm: wish.algorithm, passPhraseSecretKeyRef: wish.secret } };
    case 'noEncryption':
      return { encryptionConfig: null };
    case 'keepLatest':
      return { retentionPolicy: wish.keep ? 'retainLatestBackup' : 'none' };
    case 'target':
      return targetPatch(live, wish);
    case 'followTemplate':
      return undefined;
  }
}

/** Lists are written whole: a merge patch knows no items. */
function targetPatch({ spec }: WholePolicy, wish: Extract<PolicyWish, { kind: 'target' }>): object {
  const { method } = wish;
  if (method !== undefined) {
    return { backupMethods: (spec?.backupMethods ?? []).map((each) => (each.name === method ? { ...each, ...aimed(each, wish) } : each)) };
  }
  const { target } = aimed(spec ?? {}, wish);
  return spec?.targets === undefined ? { target: { podSelector: { strategy: wish.strategy, matchLabels: { [LABELS.role]: target?.podSelector?.matchLabels?.[LABELS.role] ?? null } } } } : aimed(spec, wish);
}

interface Aimed {
  readonly target?: WholeTarget;
  readonly targets?: readonly WholeTarget[];
}

function aimed({ target, targets }: Aimed, { role, strategy }: Extract<PolicyWish, { kind: 'target' }>): Aimed {
  const aim = ({ podSelector, ...others }: WholeTarget): WholeTarget => {
    const labels = Object.fromEntries(Object.entries(podSelector?.matchLabels ?? {}).filter(([key]) => key !== LABELS.role));
    return { ...others, podSelector: { ...podSelector, strategy, matchLabels: { ...labels, ...(role === undefined ? {} : { [LABELS.role]: role }) } } };
  };
  return { ...(target === undefined ? {} : { target: aim(target) }), ...(targets === undefined ? {} : { targets: targets.map(aim) }) };
}

function mergePatch({ metadata: { resourceVersion } }: KubeObject, { spec, annotations }: Patch): object {
  return {
    metadata: { ...(resourceVersion === undefined ? {} : { resourceVersion }), ...(annotations === undefined ? {} : { annotations }) },
    ...(spec === undefined ? {} : { spec }),
  };
}

/** As the server will have it. */
function patched(policy: WholePolicy, { spec, annotations }: Patch): WholePolicy {
  return { ...policy, metadata: { ...policy.metadata, annotations: merged(policy.metadata.annotations, annotations) as Readonly<Record<string, string>> }, spec: merged(policy.spec, spec) as NonNullable<WholePolicy['spec']> };
}

/** RFC 7386. */
function merged(before: unknown, patch: unknown): unknown {
  if (patch === undefined) {
    return before;
  }
  if (!isMap(patch)) {
    return patch;
  }
  const known = isMap(before) ? before : {};
  const changes = Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, value === null ? undefined : merged(known[key], value)]));
  return Object.fromEntries(Object.entries({ ...known, ...changes }).filter(([, value]) => value !== undefined));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether the policy's controller would write it back (`buildBackupPolicy`, `buildBackupTarget` of 1.0.2): retention and a
 * method's own target always, of the policy's target a role that is missing. A target that is there is kept otherwise.
 */
function cutsLoose(policy: WholePolicy, wish: PolicyWish): boolean {
  if (!isGeneratedPolicy(policy) || isCutLoose(policy)) {
    return false;
  }
  return wish.kind === 'keepLatest' || (wish.kind === 'target' && (wish.method !== undefined || wish.role === undefined));
}

function sameFindings(policy: WholePolicy, wish: PolicyWish): PlanFinding[] {
  return isSame(policy, wish) ? [{ severity: 'error', code: 'unchanged', message: l10n.t('It is so already: nothing would change.') }] : [];
}

function isSame(policy: WholePolicy, wish: PolicyWish): boolean {
  switch (wish.kind) {
    case 'encryption':
      return false;
    case 'encryptionBy': {
      const { algorithm, passPhraseSecretKeyRef: ref } = policy.spec?.encryptionConfig ?? {};
      return algorithm === wish.algorithm && ref?.name === wish.secret.name && ref.key === wish.secret.key;
    }
    case 'noEncryption':
      return policy.spec?.encryptionConfig === undefined;
    case 'keepLatest':
      return (policy.spec?.retentionPolicy === 'retainLatestBackup') === wish.keep;
    case 'target': {
      const found = targetsOf(policy).find(({ method }) => method === wish.method);
      return found !== undefined && roleOf(found.target) === wish.role && (found.target.podSelector?.strategy ?? 'Any') === wish.strategy;
    }
    case 'followTemplate':
      return !isCutLoose(policy);
  }
}

function cutLooseFinding({ metadata }: WholePolicy): PlanFinding {
  const template = metadata.annotations?.[ANNOTATIONS.policyTemplate] ?? '';
  const message = l10n.t('KubeBlocks writes this field anew from template {0}, so the policy is cut loose from it: changes of the template’s methods, targets and retries do not reach it any more. New methods still come.', template);
  return { severity: 'warning', code: 'cutLoose', message };
}

function wishFindings(inventory: Inventory, { cluster }: ClusterEntry, policy: WholePolicy, wish: PolicyWish): PlanFinding[] {
  switch (wish.kind) {
    case 'encryption':
      return [...passPhraseFindings(), ...existingFindings(inventory, policy)];
    case 'encryptionBy':
      return [...secretFindings(wish, policy), ...passPhraseFindings(), ...existingFindings(inventory, policy)];
    case 'noEncryption':
      return [{ severity: 'warning', code: 'plain', message: l10n.t('Backups are stored in plain from now on. The Secret stays: the encrypted ones are read with it.') }, ...existingFindings(inventory, policy)];
    case 'keepLatest':
      return wish.keep ? [{ severity: 'info', code: 'perMethod', message: l10n.t('The newest completed backup of each method does not expire, incrementals aside, which go with the one they build on.') }] : [{ severity: 'warning', code: 'lastExpires', message: l10n.t('The newest backup expires like the others: where backups fail long enough, none is left.') }];
    case 'target':
      return targetFindings(cluster?.spec?.componentSpecs?.find(({ name }) => name === policy.metadata.labels?.[LABELS.component])?.replicas, policy, wish);
    case 'followTemplate':
      return [{ severity: 'warning', code: 'overwritten', message: l10n.t('KubeBlocks writes methods, their targets, the retention and the retries anew from the template with the next change of the cluster.') }];
  }
}

function passPhraseFindings(): PlanFinding[] {
  return [{ severity: 'warning', code: 'keepPassPhrase', message: l10n.t('Whoever loses the pass phrase loses the backups: keep it outside of the cluster, too. KubeBlocks never deletes this Secret, and nothing can be restored without it.') }];
}

/** What KubeBlocks would find at the first backup: "failed to validate backupPolicy's encryption config". */
function secretFindings({ secret: { name, key }, found }: Extract<PolicyWish, { kind: 'encryptionBy' }>, { metadata: { namespace = '' } }: WholePolicy): PlanFinding[] {
  if (found === 'missing') {
    return [{ severity: 'error', code: 'secretMissing', message: l10n.t('There is no Secret {0} in namespace {1}: every backup with this policy would fail. Make it there first, or choose another.', name, namespace) }];
  }
  if (found === 'forbidden') {
    return [{ severity: 'warning', code: 'secretUnknown', message: l10n.t('You may not read Secret {0} in namespace {1}, so whether it has key {2} is not known: without it every backup with this policy fails.', name, namespace, key) }];
  }
  const { keys, owner } = found;
  return [
    ...(keys.includes(key) ? [] : [{ severity: 'error', code: 'keyMissing', message: l10n.t('Secret {0} has no key {1} (it has {2}): every backup with this policy would fail. Choose one that it has.', name, key, keys.join(', ')) } as const]),
    ...(owner === undefined ? [] : [{ severity: 'warning', code: 'secretOwned', message: l10n.t('Secret {0} is deleted with {1}, which owns it; what was encrypted with it cannot be restored after that.', name, owner) } as const]),
  ];
}

/** `backup_controller.go`: an incremental takes its parent's encryption, a log backup the policy's, at once and for all that it wrote. */
function existingFindings(inventory: Inventory, { metadata: { name, namespace } }: WholePolicy): PlanFinding[] {
  const own = [...inventory.backups.items.values()].filter((backup) => backup.metadata.namespace === namespace && backup.spec?.backupPolicyName === name && backupState(backup) !== 'deleting');
  const isOf = (type: string): boolean => own.some((backup) => typeOf(inventory, backup) === type);
  return [
    { severity: 'info', code: 'existingStay', message: l10n.t('Backup sets that exist stay as they are, each with its own Secret.') },
    ...(isOf('Incremental') ? [{ severity: 'info', code: 'chainStays', message: l10n.t('Incremental backups follow the backup that they build on until the next full one.') } as const] : []),
    ...(isOf('Continuous')
      ? [{ severity: 'warning', code: 'logSwitches', message: l10n.t('The log backup takes it over at once, for what it archived before, too: that cannot be read any more. Make a full backup afterwards; no instant before it can be restored by the log.') } as const]
      : []),
  ];
}

function targetFindings(replicas: number | undefined, policy: WholePolicy, wish: Extract<PolicyWish, { kind: 'target' }>): PlanFinding[] {
  const others = wish.method === undefined ? targetsOf(policy).flatMap(({ method }) => method ?? []) : [];
  return [
    ...(replicas === 1 && wish.role !== undefined && isGeneratedPolicy(policy) && !isCutLoose(policy) && wish.method === undefined
      ? [{ severity: 'warning', code: 'oneReplica', message: l10n.t('The component has one pod: KubeBlocks takes the role out again as long as that is so.') } as const]
      : []),
    ...(others.length > 0 ? [{ severity: 'info', code: 'ownTargets', message: l10n.t('These methods have a target of their own, which stays: {0}.', others.join(', ')) } as const] : []),
    ...(wish.strategy === 'All' ? [{ severity: 'warning', code: 'everyPod', message: l10n.t('Every pod is backed up for itself, with as many jobs and copies. Whether a method can restore that is its add-on’s matter: try a restore.') } as const] : []),
    ...(wish.role === undefined ? [{ severity: 'info', code: 'anyRole', message: l10n.t('Any pod may be taken: a copy of a replica that lags is as old as its lag.') } as const] : []),
  ];
}

/** What is written anew was seen with 1.0, and read for what came after. */
function lineFindings({ line }: Inventory, policy: WholePolicy): PlanFinding[] {
  const isOlder = line !== undefined && LINES.indexOf(line) < LINES.indexOf('1.0');
  return isOlder && isGeneratedPolicy(policy) ? [{ severity: 'warning', code: 'olderLine', message: l10n.t('Whether KubeBlocks {0} keeps this is not known: look at the policy again after the next change of the cluster.', line) }] : [];
}
