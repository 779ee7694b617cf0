import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AnyObject, Condition } from '../../../src/kubeblocks/objects';
import { readManifests } from '../../../src/playground/samples/readManifests';
import { LaneApiError, type LaneApi } from './laneApi';
import type { ResourcePaths } from './resourcePaths';
import { untilObject } from './untilObject';

const ROOT = join(__dirname, '..', '..', '..');
const MANIFESTS = join(__dirname, '..', 'manifests');
const PLAYGROUND = join(ROOT, 'src', 'playground');
/** How often an object is created that the server was too busy for. */
const CREATE_ATTEMPTS = 5;
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export type ManifestName = 'cluster' | 'kubeblocks' | 'users' | 'repositories';

/** The objects of one of the lane's manifests. */
export function laneManifest(name: ManifestName): readonly AnyObject[] {
  return parseManifest(join(MANIFESTS, `${name}.yaml`));
}

/** The playground's engines as an add-on would bring them: the real controllers take what the simulation takes. */
export function engineManifests(): readonly AnyObject[] {
  return readManifests(join(PLAYGROUND, 'engines'));
}

export function storageProviders(): readonly AnyObject[] {
  return parseManifest(join(PLAYGROUND, 'samples', 'environment', 'storageProviders.yaml'));
}

/** Creates the CRDs of a folder, files of YAML or JSON, and waits until the server serves them. */
export async function installCrds(api: LaneApi, folder: string): Promise<void> {
  const crds = readdirSync(folder).flatMap((name) => readCrds(join(folder, name)));
  await Promise.all(
    crds.map(async (crd) => {
      await createPatiently(api, CRDS, crd);
      await untilObject(api, `${CRDS}/${crd.metadata.name}`, 'Established', isEstablished);
    }),
  );
}

/** Creates objects in order. One that is there already stays as it is. */
export async function install(api: LaneApi, paths: ResourcePaths, objects: readonly AnyObject[]): Promise<void> {
  for (const object of objects) await createPatiently(api, await paths.collectionOf(object), object);
}

/** A server that has much to do says after half a minute that it did not manage, and may have managed all the same. */
async function createPatiently(api: LaneApi, path: string, object: AnyObject): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await api.create(path, object);
      return;
    } catch (error) {
      if (!(error instanceof LaneApiError)) throw error;
      if (error.reason === 'AlreadyExists') return;
      if (error.reason !== 'Timeout' || attempt === CREATE_ATTEMPTS) throw error;
    }
  }
}

/** JSON is YAML, too, but read as that it takes a hundred times as long. */
function readCrds(file: string): readonly AnyObject[] {
  return file.endsWith('.json') ? [JSON.parse(readFileSync(file, 'utf8')) as AnyObject] : parseManifest(file);
}

function parseManifest(file: string): readonly AnyObject[] {
  return [...parseAllDocuments(readFileSync(file, 'utf8'))].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new Error(`${file}: ${error.message}`);
    const object = document.toJS() as AnyObject | null;
    return object === null ? [] : [object];
  });
}

function isEstablished(crd: AnyObject | undefined): boolean {
  // Null in a CRD that was just created.
  const { conditions } = (crd?.['status'] ?? {}) as { conditions?: readonly Condition[] | null };
  return (conditions ?? []).some(({ type, status }) => type === 'Established' && status === 'True');
}
