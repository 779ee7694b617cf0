import type { KubeObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from './laneApi';

interface ServedResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Where objects of a kind live on the server, learned from its discovery. */
export class ResourcePaths {
  private readonly groups = new Map<string, Promise<readonly ServedResource[]>>();

  constructor(private readonly api: LaneApi) {}

  /** The path of the collection that an object belongs to. */
  async collectionOf({ apiVersion, kind, metadata }: KubeObject): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const served = (await this.served(base)).find((each) => each.kind === kind && !each.name.includes('/'));
    if (served === undefined) throw new Error(`the server has no ${kind} of ${apiVersion}`);
    return served.namespaced ? `${base}/namespaces/${metadata.namespace ?? 'default'}/${served.name}` : `${base}/${served.name}`;
  }

  async pathOf(object: KubeObject): Promise<string> {
    return `${await this.collectionOf(object)}/${object.metadata.name}`;
  }

  private served(base: string): Promise<readonly ServedResource[]> {
    let found = this.groups.get(base);
    if (found === undefined) {
      found = this.api.get<{ resources: readonly ServedResource[] }>(base).then(({ resources }) => resources);
      this.groups.set(base, found);
      found.catch(() => this.groups.delete(base));
    }
    return found;
  }
}
