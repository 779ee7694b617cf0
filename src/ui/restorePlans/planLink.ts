import { isJsonObject, jsonNumber, jsonText, jsonTexts } from '../../kubeblocks/json';
import type { ComponentChange } from '../../kubeblocks/restoreRequest';
import type { RestoreWay } from '../../kubeblocks/restoreWays';
import type { RestoreDraft } from '../commands/restoreDraft';

/** What a link to a plan says: names, numbers and an instant. It opens a plan, and never does anything else. */
export interface LinkedPlan {
  readonly context: string;
  readonly namespace: string;
  readonly backup: string;
  readonly targetName: string;
  readonly targetNamespace: string;
  /** Ms since the epoch. */
  readonly restoreTime?: number;
  readonly way?: RestoreWay;
  readonly volumeRestorePolicy?: 'Parallel' | 'Serial';
  readonly deferPostReadyUntilClusterRunning?: boolean;
  readonly components?: Readonly<Record<string, ComponentChange>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Names of backups of other components, in the namespace of the first. */
  readonly others?: readonly string[];
  /** Components that would start empty are left out. */
  readonly onlyRestored?: boolean;
  /** Into volumes, instead of a new cluster; `targetName` says into which in words alone. */
  readonly volumes?: LinkedVolumes;
}

/** What a link to a restore into volumes says beside that. */
export interface LinkedVolumes {
  /** The claim for each volume of the backup; none for the steps after the start. */
  readonly claims: Readonly<Record<string, string>>;
  /** In which cluster the steps after the start are run. */
  readonly cluster?: string;
  /** Whose part, and whose copy. */
  readonly sourceTarget?: string;
  readonly sourcePod?: string;
}

/** Path of a link to a plan. */
export const PLAN_PATH = '/plan';

/** The query of a link to a plan. */
export function planQuery(link: LinkedPlan): string {
  return `plan=${encodeURIComponent(JSON.stringify(link))}`;
}

/** From what the plan of a draft is made, as far as it may be handed on or kept: somebody may have typed a password into a variable. */
export function linkOf(context: string, draft: RestoreDraft): LinkedPlan {
  const { backup, targetName = '', targetNamespace = '', restoreTime, way, volumeRestorePolicy, deferPostReadyUntilClusterRunning, components, parameters, others = [], onlyRestored } = draft;
  return {
    context,
    namespace: backup?.metadata.namespace ?? '',
    backup: backup?.metadata.name ?? '',
    targetName,
    targetNamespace,
    ...(restoreTime !== undefined && { restoreTime }),
    ...(way !== undefined && { way }),
    ...(volumeRestorePolicy !== undefined && { volumeRestorePolicy }),
    ...(deferPostReadyUntilClusterRunning !== undefined && { deferPostReadyUntilClusterRunning }),
    ...(components !== undefined && { components }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(others.length > 0 && { others: others.map(({ metadata }) => metadata.name) }),
    ...(onlyRestored === true && { onlyRestored }),
  };
}

/** What a link says; undefined for anything that is no link of ours. Links come from anywhere. */
export function parsePlanQuery(query: string): LinkedPlan | undefined {
  const text = new URLSearchParams(query).get('plan');
  return text === null || text.length > LONGEST ? undefined : linkedPlan(parsed(text));
}

/** Longer than any plan of names. */
const LONGEST = 20_000;

/** A link's content, wherever it comes from. */
export function linkedPlan(value: unknown): LinkedPlan | undefined {
  const [context, namespace, backup, targetName, targetNamespace] = ['context', 'namespace', 'backup', 'targetName', 'targetNamespace'].map((key) => jsonText(value, key));
  if (!isJsonObject(value) || context === undefined || namespace === undefined || backup === undefined || targetName === undefined || targetNamespace === undefined) {
    return undefined;
  }
  const restoreTime = jsonNumber(value, 'restoreTime');
  const way = WAYS.find((each) => each === value['way']);
  const policy = (['Parallel', 'Serial'] as const).find((each) => each === value['volumeRestorePolicy']);
  return {
    context,
    namespace,
    backup,
    targetName,
    targetNamespace,
    ...(restoreTime !== undefined && Math.abs(restoreTime) <= 8_640_000_000_000_000 && { restoreTime }),
    ...(way !== undefined && { way }),
    ...(policy !== undefined && { volumeRestorePolicy: policy }),
    ...(typeof value['deferPostReadyUntilClusterRunning'] === 'boolean' && { deferPostReadyUntilClusterRunning: value['deferPostReadyUntilClusterRunning'] }),
    ...(isJsonObject(value['components']) && { components: changesIn(value['components']) }),
    ...(jsonTexts(value, 'others').length > 0 && { others: jsonTexts(value, 'others') }),
    ...(isJsonObject(value['parameters']) && { parameters: textsIn(value['parameters']) }),
    ...(value['onlyRestored'] === true && { onlyRestored: true }),
    ...(isJsonObject(value['volumes']) && { volumes: volumesIn(value['volumes']) }),
  };
}

function volumesIn(value: Readonly<Record<string, unknown>>): LinkedVolumes {
  const [cluster, sourceTarget, sourcePod] = ['cluster', 'sourceTarget', 'sourcePod'].map((key) => jsonText(value, key));
  const claims = isJsonObject(value['claims']) ? textsIn(value['claims']) : {};
  return { claims, ...(cluster !== undefined && { cluster }), ...(sourceTarget !== undefined && { sourceTarget }), ...(sourcePod !== undefined && { sourcePod }) };
}

const WAYS: readonly RestoreWay[] = ['opsRequest', 'annotation', 'spec'];

function changesIn(value: Readonly<Record<string, unknown>>): Readonly<Record<string, ComponentChange>> {
  return Object.fromEntries(
    Object.entries(value).map(([component, change]): [string, ComponentChange] => {
      const replicas = jsonNumber(change, 'replicas');
      const [name, serviceVersion, storageClass, storage] = ['name', 'serviceVersion', 'storageClass', 'storage'].map((key) => jsonText(change, key));
      return [component, { ...(replicas !== undefined && { replicas }), ...(name !== undefined && { name }), ...(serviceVersion !== undefined && { serviceVersion }), ...(storageClass !== undefined && { storageClass }), ...(storage !== undefined && { storage }) }];
    }),
  );
}

function textsIn(value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
