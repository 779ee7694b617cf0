import * as l10n from '@vscode/l10n';
import { bytesText, parseBytes } from './bytes';
import type { PlanFinding } from './finding';
import { isJsonObject, jsonAt, jsonObjects, jsonQuantity, jsonText, jsonTexts } from './json';
import { KINDS, type KubeBlocksLine } from './kinds';
import type { AnyObject, Cluster } from './objects';
import type { Resource } from './resource';
import type { PlannedComponent, RestoreCreates } from './restoreCreates';
import type { RestoreReads } from './restoreReads';
import type { RestoreRequest } from './restoreRequest';
import type { RestoreSurroundings, SurroundingKind } from './restoreSurroundings';

/** Something around the restore that was looked at. */
export interface PlanCheck {
  /** Stable id; that of the finding, where there is one. */
  readonly code: string;
  readonly verdict: 'ok' | 'warning' | 'error' | 'unknown';
  /** A whole sentence. */
  readonly message: string;
}

export interface CheckedRestore {
  readonly request: RestoreRequest;
  readonly line: KubeBlocksLine | undefined;
  readonly resource: Resource;
  readonly snapshot: Cluster | undefined;
  readonly creates: RestoreCreates;
  readonly reads: RestoreReads;
}

/** Of what one may do. */
export const RIGHTS = 'restore/rights';

/** What the cluster around the restore says to it: storage, quota, definitions, rights. Pure; what is not known is said to be so. */
export function restoreChecks(restore: CheckedRestore, around: RestoreSurroundings): readonly PlanCheck[] {
  return [
    ...placeChecks({ target: restore.request.targetNamespace, source: restore.request.backup.metadata.namespace ?? restore.request.targetNamespace, resource: restore.resource, watched: [['list', KINDS.restore], ['get', KINDS.cluster]] }, around),
    ...componentChecks({ components: restore.creates.components, reads: restore.reads, line: restore.line }, around),
    ...definitionChecks(restore, around),
    ...versionChecks(restore),
  ];
}

/** Where a restore is made. */
export interface RestorePlace {
  /** Namespaces: of what gets the data, and of the backup. */
  readonly target: string;
  readonly source: string;
  /** What is created to ask for it. */
  readonly resource: Resource;
  /** What is read to follow it. */
  readonly watched: readonly (readonly [verb: string, resource: Resource])[];
}

/** Whether its namespace is there, and whether one may. */
export function placeChecks(place: RestorePlace, around: RestoreSurroundings): readonly PlanCheck[] {
  return [namespaceCheck(place, around), ...rightsChecks(place, around)];
}

/** What volumes come to be, and of what. */
export interface CheckedVolumes {
  readonly components: readonly PlannedComponent[];
  readonly reads: RestoreReads;
  readonly line: KubeBlocksLine | undefined;
}

/** Whether storage and quota allow what is made. */
export function componentChecks(made: CheckedVolumes, around: RestoreSurroundings): readonly PlanCheck[] {
  return [...storageChecks(made, around), ...snapshotChecks(made, around), ...quotaChecks(made.components, around)];
}

/** What of the checks has to be acted on. */
export function findingsOf(checks: readonly PlanCheck[]): PlanFinding[] {
  return checks.flatMap(({ code, verdict, message }) => (verdict === 'error' || verdict === 'warning' ? [{ code, severity: verdict, message }] : []));
}

type List = { readonly items: readonly AnyObject[] } | { readonly unknown: PlanCheck };

function listOf(around: RestoreSurroundings, kind: SurroundingKind, code: string, what: string): List {
  const list = around.lists[kind];
  if (list !== undefined && 'items' in list) {
    return list;
  }
  return { unknown: { code, verdict: 'unknown', message: list === undefined ? l10n.t('{0} were not looked at.', what) : l10n.t('{0} are not known: {1}', what, list.why) } };
}

function namespaceCheck({ target: targetNamespace }: RestorePlace, around: RestoreSurroundings): PlanCheck {
  const code = 'restore/namespace';
  const list = listOf(around, 'Namespace', code, l10n.t('Namespaces'));
  if ('unknown' in list) return list.unknown;
  const found = list.items.find(({ metadata }) => metadata.name === targetNamespace);
  if (found === undefined) return { code, verdict: 'error', message: l10n.t('Namespace {0} does not exist. Create it, or choose another.', targetNamespace) };
  return found.metadata.deletionTimestamp === undefined
    ? { code, verdict: 'ok', message: l10n.t('Namespace {0} exists.', targetNamespace) }
    : { code, verdict: 'error', message: l10n.t('Namespace {0} is being deleted: nothing can be created in it. Choose another.', targetNamespace) };
}

function rightsChecks({ target, source, resource, watched }: RestorePlace, { mayDo }: RestoreSurroundings): readonly PlanCheck[] {
  const wanted: readonly (readonly [string, Resource, string, 'error' | 'warning'])[] = [
    ['create', resource, target, 'error'],
    ...watched.map(([verb, each]) => [verb, each, target, 'warning'] as const),
    ['get', KINDS.backup, source, 'error'],
  ];
  return wanted.map(([verb, of, namespace, missing]) => {
    const code = RIGHTS;
    const may = mayDo(verb, of, namespace);
    const [what, where] = [of.plural, namespace];
    if (may === undefined) return { code, verdict: 'unknown', message: l10n.t('Whether you may {0} {1} in {2} is not known.', verb, what, where) };
    if (may) return { code, verdict: 'ok', message: l10n.t('You may {0} {1} in {2}.', verb, what, where) };
    const message =
      missing === 'error'
        ? l10n.t('You may not {0} {1} in {2}. Ask an administrator for the right.', verb, what, where)
        : l10n.t('You may not {0} {1} in {2}: how the restore goes cannot be followed from here.', verb, what, where);
    return { code, verdict: missing, message };
  });
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

function storageChecks({ line, components }: CheckedVolumes, around: RestoreSurroundings): readonly PlanCheck[] {
  const code = 'restore/storage-class';
  const names = new Set(components.flatMap(({ volumes }) => volumes.map(({ storageClass }) => storageClass)));
  if (names.size === 0) return [];
  const list = listOf(around, 'StorageClass', code, l10n.t('Storage classes'));
  if ('unknown' in list) return [list.unknown];
  return [...names].map((name) => {
    const found = list.items.find(({ metadata }) => (name === undefined || name === '' ? metadata.annotations?.[DEFAULT_CLASS] === 'true' : metadata.name === name));
    if (found === undefined) {
      const message =
        name === undefined || name === ''
          ? l10n.t('The volumes name no storage class, and the cluster has no default one: they stay Pending. Choose a storage class.')
          : l10n.t('Storage class {0} does not exist: the volumes stay Pending. Choose another.', name);
      return { code, verdict: 'error', message };
    }
    const provisioner = jsonText(found, 'provisioner') ?? '';
    // In-tree provisioners: `volumepopulator_controller.go` gives up on them.
    if (line === '1.2' && provisioner.startsWith('kubernetes.io/') && provisioner !== 'kubernetes.io/no-provisioner') {
      return { code, verdict: 'error', message: l10n.t('Storage class {0} is of {1}, which KubeBlocks 1.2 cannot restore into: the restore fails for good. Choose one of a CSI driver.', found.metadata.name, provisioner) };
    }
    return { code, verdict: 'ok', message: l10n.t('Storage class {0} exists.', found.metadata.name) };
  });
}

/** A snapshot becomes a volume only by the driver that took it. */
function snapshotChecks({ components, reads }: CheckedVolumes, around: RestoreSurroundings): readonly PlanCheck[] {
  const code = 'restore/snapshot-class';
  if (!reads.sources.some(({ role }) => role === 'snapshot')) return [];
  const list = listOf(around, 'VolumeSnapshotClass', code, l10n.t('Volume snapshot classes'));
  if ('unknown' in list) return [list.unknown];
  const drivers = new Set(list.items.map((each) => jsonText(each, 'driver') ?? ''));
  if (drivers.size === 0) return [{ code, verdict: 'error', message: l10n.t('There is no volume snapshot class: no volume can be made from a snapshot here.') }];
  const classes = around.lists.StorageClass;
  const wanted = new Set(components.filter(({ getsData }) => getsData).flatMap(({ volumes }) => volumes.map(({ storageClass }) => storageClass)));
  const known = classes !== undefined && 'items' in classes ? classes.items : [];
  const foreign = [...wanted].flatMap((name) => known.filter(({ metadata }) => (name === undefined ? metadata.annotations?.[DEFAULT_CLASS] === 'true' : metadata.name === name))).filter((each) => !drivers.has(jsonText(each, 'provisioner') ?? ''));
  return foreign.length === 0
    ? [{ code, verdict: 'ok', message: l10n.t('There is a volume snapshot class.') }]
    : [{ code, verdict: 'error', message: l10n.t('Storage class {0} is of a driver without a volume snapshot class: its volumes cannot be made from a snapshot. Choose the class of the source.', foreign.map(({ metadata }) => metadata.name).join(', ')) }];
}

interface Need {
  readonly key: string;
  readonly amount: number;
  readonly isBytes: boolean;
}

function quotaChecks(components: readonly PlannedComponent[], around: RestoreSurroundings): readonly PlanCheck[] {
  const code = 'restore/quota';
  const list = listOf(around, 'ResourceQuota', code, l10n.t('Quotas'));
  if ('unknown' in list) return [list.unknown];
  const needs = needsOf(components);
  const checks = list.items.flatMap((quota) => needs.flatMap((need) => quotaCheck(quota, need) ?? []));
  return checks.length === 0 ? [{ code, verdict: 'ok', message: l10n.t('No quota limits it.') }] : checks;
}

function quotaCheck(quota: AnyObject, { key, amount, isBytes }: Need): PlanCheck | undefined {
  const hard = parseBytes(jsonQuantity(quota, 'status', 'hard', key) ?? jsonQuantity(quota, 'spec', 'hard', key));
  const used = parseBytes(jsonQuantity(quota, 'status', 'used', key)) ?? 0;
  if (hard === undefined || amount === 0) return undefined;
  const text = (value: number): string => (isBytes ? bytesText(value) : String(Math.round(value * 1000) / 1000));
  const fits = used + amount <= hard;
  const said = [quota.metadata.name, key, text(used), text(hard), text(amount)] as const;
  return {
    code: 'restore/quota',
    verdict: fits ? 'ok' : 'error',
    message: fits
      ? l10n.t('Quota {0}: of {1}, {2} of {3} are used, and {4} more are needed.', ...said)
      : l10n.t('Quota {0} does not allow it: of {1}, {2} of {3} are used, and {4} more are needed. Have it raised, or restore elsewhere.', ...said),
  };
}

function needsOf(components: readonly PlannedComponent[]): readonly Need[] {
  const pods = components.reduce((sum, { replicas, shards }) => sum + replicas * shards, 0);
  const of = (pick: (component: PlannedComponent) => string | undefined): number => components.reduce((sum, each) => sum + (parseBytes(pick(each)) ?? 0) * each.replicas * each.shards, 0);
  const volumes = components.flatMap((component) => component.volumes);
  return [
    { key: 'requests.storage', amount: volumes.reduce((sum, { size, claims }) => sum + (parseBytes(size) ?? 0) * claims, 0), isBytes: true },
    { key: 'persistentvolumeclaims', amount: volumes.reduce((sum, { claims }) => sum + claims, 0), isBytes: false },
    { key: 'pods', amount: pods, isBytes: false },
    // A container with limits alone requests as much.
    ...(['cpu', 'memory'] as const).flatMap((key) => [
      { key: `requests.${key}`, amount: of(({ requests, limits }) => requests[key] ?? limits[key]), isBytes: key === 'memory' },
      { key: `limits.${key}`, amount: of(({ limits }) => limits[key]), isBytes: key === 'memory' },
    ]),
  ];
}

function definitionChecks({ creates, snapshot, request }: CheckedRestore, around: RestoreSurroundings): readonly PlanCheck[] {
  const code = 'restore/component-definition';
  if (snapshot === undefined) return [];
  const list = listOf(around, 'ComponentDefinition', code, l10n.t('Component definitions'));
  if ('unknown' in list) return [list.unknown];
  return creates.components.flatMap((component) => {
    const { name, componentDef } = component;
    if (componentDef === undefined || componentDef === '') return [];
    const found = list.items.filter(({ metadata }) => matchesDefinition(componentDef, metadata.name));
    return found.length === 0
      ? [{ code, verdict: 'error', message: l10n.t('Component definition {0} of {1} is not installed: the cluster does not come up. Install the version of the add-on that the backup was made with.', componentDef, name) } as const]
      : [{ code, verdict: 'ok', message: l10n.t('Component definition {0} of {1} is installed.', componentDef, name) } as const, ...serviceVersionChecks(component, found, around), ...aloneChecks(request, component, found, creates.components)];
  });
}

/** Whether a component's definition is the one of that name: `CompDefMatched` of `pkg/component`: a name, the beginning of one, or a regular expression. */
export function matchesDefinition(wanted: string, name: string): boolean {
  if (name === wanted || name.startsWith(wanted)) return true;
  try {
    return /[\\^$*+?()|[\]{}]/.test(wanted) && new RegExp(wanted).test(name);
  } catch {
    return false;
  }
}

/** A component may need another of its cluster, which is left out: `ClusterObjectReference` in the variables of its definition. */
function aloneChecks({ onlyRestored }: RestoreRequest, { name }: PlannedComponent, definitions: readonly AnyObject[], kept: readonly PlannedComponent[]): readonly PlanCheck[] {
  if (onlyRestored !== true) return [];
  const code = 'restore/only';
  const wanted = definitions.flatMap((definition) =>
    jsonObjects(definition, 'spec', 'vars').flatMap((variable) => {
      const from = jsonAt(variable, 'valueFrom');
      return (isJsonObject(from) ? Object.values(from) : []).flatMap((each) => {
        const compDef = jsonText(each, 'compDef') ?? '';
        const isThere = compDef === '' || matchesDefinition(compDef, definition.metadata.name) || kept.some(({ componentDef = '' }) => matchesDefinition(compDef, componentDef));
        return isThere || jsonAt(each, 'optional') === true ? [] : [l10n.t('{0} (variable {1})', compDef, jsonText(variable, 'name') ?? '')];
      });
    }),
  );
  return wanted.length === 0
    ? [{ code, verdict: 'ok', message: l10n.t('The definition of {0} asks for no component that is left out.', name) }]
    : [{ code, verdict: 'warning', message: l10n.t('The definition of {0} asks for components that are left out, {1}: it may not come up alone.', name, wanted.join(', ')) }];
}

function serviceVersionChecks({ name, serviceVersion }: PlannedComponent, definitions: readonly AnyObject[], around: RestoreSurroundings): readonly PlanCheck[] {
  if (serviceVersion === undefined || serviceVersion === '') return [];
  const code = 'restore/service-version';
  const list = listOf(around, 'ComponentVersion', code, l10n.t('Component versions'));
  if ('unknown' in list) return [list.unknown];
  const offered = new Set([
    ...definitions.flatMap((each) => jsonText(each, 'spec', 'serviceVersion') ?? []),
    ...list.items.flatMap((version) => releasedFor(version, definitions)),
  ]);
  if (offered.size === 0) return [];
  return offered.has(serviceVersion)
    ? [{ code, verdict: 'ok', message: l10n.t('Version {0} of {1} is offered.', serviceVersion, name) }]
    : [{ code, verdict: 'error', message: l10n.t('Version {0} of {1} is not offered any more (but {2}): the cluster does not come up. Choose one that is, or install that version of the add-on.', serviceVersion, name, [...offered].sort().join(', ')) }];
}

function releasedFor(version: AnyObject, definitions: readonly AnyObject[]): readonly string[] {
  const releases = jsonObjects(version, 'spec', 'releases');
  const names = jsonObjects(version, 'spec', 'compatibilityRules')
    .filter((rule) => jsonTexts(rule, 'compDefs').some((wanted) => definitions.some(({ metadata }) => matchesDefinition(wanted, metadata.name))))
    .flatMap((rule) => jsonTexts(rule, 'releases'));
  return releases.flatMap((release) => (names.includes(jsonText(release, 'name') ?? '') ? (jsonText(release, 'serviceVersion') ?? []) : []));
}

/** The cluster is kept in the API version of the KubeBlocks that made the backup. */
function versionChecks({ line, snapshot, request: { way } }: CheckedRestore): readonly PlanCheck[] {
  const version = jsonText(snapshot, 'apiVersion');
  const code = 'restore/kubeblocks-line';
  if (snapshot === undefined || line === undefined || version === undefined) return [];
  const isOld = version === 'apps.kubeblocks.io/v1alpha1';
  if (isOld && !OLD_LINES.includes(line)) {
    const unknown = oldFields(jsonAt(snapshot, 'spec'));
    const message = l10n.t('The backup was made by KubeBlocks 0.9 or older, and this is {0}: the cluster it remembers is of an older API.', line);
    return unknown.length === 0
      ? [{ code, verdict: 'warning', message }]
      : [{ code, verdict: way === 'opsRequest' ? 'warning' : 'error', message: l10n.t('{0} Of it {1} would be dropped.', message, unknown.join(', ')) }];
  }
  return [{ code, verdict: 'ok', message: l10n.t('The backup was made by a KubeBlocks with the same API as {0}.', line) }];
}

const OLD_LINES: readonly KubeBlocksLine[] = ['0.7', '0.8', '0.9'];
/** Fields of a v1alpha1 Cluster that v1 has not. */
const GONE = ['clusterDefinitionRef', 'clusterVersionRef', 'shardingSpecs', 'affinity', 'tolerations', 'availabilityPolicy', 'replicas', 'resources', 'storage', 'network', 'monitor'];

function oldFields(spec: unknown): readonly string[] {
  const own = isJsonObject(spec) ? Object.keys(spec).filter((key) => GONE.includes(key)) : [];
  const ofComponents = jsonObjects(spec, 'componentSpecs').some((component) => 'componentDefRef' in component) ? ['componentDefRef'] : [];
  return [...own, ...ofComponents];
}
