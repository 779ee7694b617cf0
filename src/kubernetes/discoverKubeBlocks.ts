import { detectLine, type LineCrd, type LineEvidence } from '../kubeblocks/detectLine';
import { KINDS, LINES, type KindId, type KubeBlocksLine } from '../kubeblocks/kinds';
import { resourceOnLine } from '../kubeblocks/kindsOfLine';
import { apiVersionOf, type Resource } from '../kubeblocks/resource';
import { ApiError, type KubernetesApi } from './api';
import { isObject, listIn, objectIn, stringIn, type JsonObject } from './jsonReading';

export type Serves = LineEvidence['serves'];

export interface DiscoveredCluster {
  readonly serverVersion: string;
  /** The API says of itself that it is the playground. */
  readonly simulated: boolean;
  readonly line: KubeBlocksLine | 'tooOld' | undefined;
  /** Whether the resource is served, as of the discovery. */
  readonly serves: (resource: Resource) => boolean;
}

const CRDS: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
/** `group/version` of every kind that is read, on whichever line. KubeBlocks has more, which say nothing here. */
const READ: ReadonlySet<string> = new Set(
  LINES.flatMap((line) => (Object.keys(KINDS) as KindId[]).map((kind) => apiVersionOf(resourceOnLine(kind, line)))),
);
const PLAYGROUND = 'kubeblocks-playground';

/**
 * Asks a cluster what it is. Needs no right beyond discovery; CRDs are read where that is allowed.
 *
 * @param onServed told what is served as soon as that is known, when the line is not: CRDs are large.
 */
export async function discoverKubeBlocks(api: KubernetesApi, signal: AbortSignal, onServed: (serves: Serves) => void): Promise<DiscoveredCluster> {
  const version = await api.getPath('/version', { signal });
  const serverVersion = stringIn(version, 'gitVersion') ?? '';
  const served = await servedResources(api, signal);
  const serves = (group: string, apiVersion: string, plural: string): boolean => served.has(`${group}/${apiVersion}/${plural}`);
  onServed(serves);
  const crds = await readCrds(api, serves, signal);
  return {
    serverVersion,
    simulated: serverVersion.includes(PLAYGROUND),
    line: detectLine({ serves, hasField: (crd, path) => crds.get(crd)?.(path) }),
    serves: (resource) => serves(resource.group, resource.version, resource.plural),
  };
}

/** `group/version/plural` of everything in the groups that are read. */
async function servedResources(api: KubernetesApi, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const groups = listIn(await api.getPath('/apis', { signal }), 'groups');
  const versions = groups
    .flatMap((group) => listIn(group, 'versions').flatMap((version) => stringIn(version, 'groupVersion') ?? []))
    .filter((groupVersion) => READ.has(groupVersion));
  const lists = await Promise.all(versions.map((groupVersion) => resourcesOf(api, groupVersion, signal)));
  return new Set(lists.flat());
}

async function resourcesOf(api: KubernetesApi, groupVersion: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const list = await api.getPath(`/apis/${groupVersion}`, { signal });
    return listIn(list, 'resources').flatMap((resource) => `${groupVersion}/${stringIn(resource, 'name') ?? ''}`);
  } catch (error) {
    if (error instanceof ApiError && error.details.status === 404) {
      return [];
    }
    throw error;
  }
}

type HasField = (path: string) => boolean;

async function readCrds(
  api: KubernetesApi,
  serves: (group: string, version: string, plural: string) => boolean,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, HasField>> {
  const wanted: readonly LineCrd[] = serves('apps.kubeblocks.io', 'v1', 'clusters')
    ? ['clusters.apps.kubeblocks.io', 'backuppolicytemplates.dataprotection.kubeblocks.io']
    : ['opsrequests.apps.kubeblocks.io'];
  const needed = serves('dataprotection.kubeblocks.io', 'v1alpha1', 'backups') ? wanted : [];
  const read = await Promise.all(needed.map(async (name) => [name, await readCrd(api, name, signal)] as const));
  return new Map(read.flatMap(([name, hasField]) => (hasField === undefined ? [] : [[name, hasField] as const])));
}

/** Undefined where the CRD may not be read, or is gone. */
async function readCrd(api: KubernetesApi, name: LineCrd, signal: AbortSignal): Promise<HasField | undefined> {
  try {
    const crd = await api.get(CRDS, name, undefined, { signal });
    const schema = storedSchema(crd);
    return (path) => path.split('.').reduce<JsonObject | undefined>((at, field) => property(at, field), schema) !== undefined;
  } catch (error) {
    if (error instanceof ApiError && (error.details.status === 403 || error.details.status === 404)) {
      return undefined;
    }
    throw error;
  }
}

function storedSchema(crd: unknown): JsonObject {
  const versions = listIn(objectIn(crd, 'spec'), 'versions');
  const stored = versions.find((version) => isObject(version) && version.storage === true);
  return objectIn(objectIn(stored, 'schema'), 'openAPIV3Schema');
}

function property(schema: JsonObject | undefined, field: string): JsonObject | undefined {
  const found = schema === undefined ? undefined : objectIn(schema, 'properties')[field];
  return isObject(found) ? found : undefined;
}
