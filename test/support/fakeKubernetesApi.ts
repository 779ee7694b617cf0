import { objectKey } from '../../src/kubeblocks/inventory';
import type { AnyObject, KubeObject } from '../../src/kubeblocks/objects';
import { apiVersionOf, type Resource } from '../../src/kubeblocks/resource';
import { SURROUNDING_RESOURCES } from '../../src/kubeblocks/restoreSurroundings';
import { KINDS } from '../../src/kubeblocks/kinds';
import { ApiError } from '../../src/kubernetes/api';
import type { KubernetesApi, Written, WriteOptions } from '../../src/kubernetes/api';

const SECRETS: Resource = { group: '', version: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };

/** What a restore needs around it, and nobody here may list. Every namespace is there. */
const BESIDE = new Set<string>(Object.keys(SURROUNDING_RESOURCES));

export interface Call {
  readonly verb: string;
  readonly kind: string;
  readonly name: string;
  readonly dryRun: boolean;
}

type Fault = { readonly verb: string; readonly error: ApiError; left: number; readonly afterwards: boolean; readonly dryRun: boolean | undefined };

export interface FailOptions {
  readonly times?: number;
  /** Carries the request out first and loses only the answer. */
  readonly afterwards?: boolean;
  readonly resource?: Resource;
  /** Only dry runs, or only what is no dry run; both when absent. */
  readonly dryRun?: boolean;
  readonly message?: string;
  readonly causes?: ApiError['details']['causes'];
}

/** A small API server in memory: stores, refuses names that are taken, and fails when told to. */
export class FakeKubernetesApi implements KubernetesApi {
  readonly calls: Call[] = [];
  readonly logs = new Map<string, string>();
  private readonly objects = new Map<string, AnyObject>();
  private readonly faults: Fault[] = [];
  private created = 0;

  put(resource: Resource, ...objects: readonly KubeObject[]): void {
    for (const object of objects) {
      this.objects.set(keyFor(resource, object.metadata.namespace, object.metadata.name), object as AnyObject);
    }
  }

  remove(resource: Resource, name: string, namespace?: string): void {
    this.objects.delete(keyFor(resource, namespace, name));
  }

  read(resource: Resource, name: string, namespace?: string): AnyObject | undefined {
    return this.objects.get(keyFor(resource, namespace, name));
  }

  /** Fails the next calls of this verb. */
  failNext(verb: string, status: number, reason: string, options: FailOptions = {}): void {
    const { resource, causes, message = `${reason} (${status})` } = options;
    const details = { status, reason, verb, namespace: 'payments', ...(resource === undefined ? {} : { resource }), ...(causes === undefined ? {} : { causes }) };
    this.faults.push({ verb, error: new ApiError(message, details), left: options.times ?? 1, afterwards: options.afterwards === true, dryRun: options.dryRun });
  }

  async get<T extends KubeObject = AnyObject>(resource: Resource, name: string, namespace?: string): Promise<T> {
    if (resource.kind === 'Namespace' && this.read(resource, name, namespace) === undefined) {
      return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as KubeObject as T;
    }
    return this.attempt({ verb: 'get', kind: resource.kind, name, dryRun: false }, () => {
      const found = this.read(resource, name, namespace);
      if (found === undefined) {
        throw refusal('get', resource, name, 404, 'NotFound');
      }
      return found as KubeObject as T;
    });
  }

  async *listPages<T extends KubeObject = AnyObject>(
    resource: Resource,
    namespace: string | undefined,
    options: { readonly labelSelector?: string; readonly fieldSelector?: string } = {},
  ): AsyncIterable<{ readonly items: readonly T[]; readonly resourceVersion: string }> {
    if (BESIDE.has(resource.kind)) {
      throw new ApiError(`${resource.plural} is forbidden`, { status: 403, reason: 'Forbidden', verb: 'list', resource });
    }
    const items = await this.attempt({ verb: 'list', kind: resource.kind, name: '', dryRun: false }, () =>
      [...this.objects]
        .filter(([key]) => key.startsWith(`${resource.kind} ${namespace ?? ''}`))
        .map(([, object]) => object)
        .filter((object) => matchesLabels(object, options.labelSelector) && matchesFields(object, options.fieldSelector)),
    );
    yield { items: items as KubeObject[] as T[], resourceVersion: '1' };
  }

  async create<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<Written<T>> {
    const { namespace, name } = object.metadata;
    if (resource.kind === 'SelfSubjectRulesReview') {
      return { object: { ...object, status: { incomplete: true } }, warnings: [] };
    }
    return this.attempt({ verb: 'create', kind: resource.kind, name, dryRun: options.dryRun === true }, () => {
      if (this.read(resource, name, namespace) !== undefined) {
        throw refusal('create', resource, name, 409, 'AlreadyExists');
      }
      this.created += 1;
      const stored = { ...object, metadata: { uid: `uid-${this.created}`, ...object.metadata } };
      if (options.dryRun !== true) {
        this.put(resource, stored);
      }
      return { object: stored, warnings: [] };
    });
  }

  async patch(resource: Resource, name: string, namespace: string | undefined, patch: unknown, options: WriteOptions & { readonly subresource?: 'status' } = {}): Promise<Written<AnyObject>> {
    const kind = options.subresource === undefined ? resource.kind : `${resource.kind}/${options.subresource}`;
    return this.attempt({ verb: 'patch', kind, name, dryRun: options.dryRun === true }, () => {
      const before = this.read(resource, name, namespace);
      if (before === undefined) {
        throw refusal('patch', resource, name, 404, 'NotFound');
      }
      const merged = merge(before, patch) as AnyObject;
      if (merged.metadata.resourceVersion !== before.metadata.resourceVersion) {
        throw refusal('patch', resource, name, 409, 'Conflict');
      }
      if (options.dryRun !== true) {
        this.put(resource, merged);
      }
      return { object: merged, warnings: [] };
    });
  }

  async apply<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<Written<AnyObject>> {
    const { namespace, name } = object.metadata;
    return this.attempt({ verb: 'apply', kind: resource.kind, name, dryRun: options.dryRun === true }, () => {
      const before = this.read(resource, name, namespace);
      const merged = merge(before ?? {}, object) as AnyObject;
      if (options.dryRun !== true) {
        this.put(resource, merged);
      }
      return { object: merged, warnings: [] };
    });
  }

  async delete(resource: Resource, name: string, namespace?: string): Promise<void> {
    await this.attempt({ verb: 'delete', kind: resource.kind, name, dryRun: false }, () => {
      if (!this.objects.delete(keyFor(resource, namespace, name))) {
        throw refusal('delete', resource, name, 404, 'NotFound');
      }
    });
  }

  async podLog(pod: string, namespace: string, options: { readonly container?: string } = {}): Promise<string> {
    return this.attempt({ verb: 'log', kind: 'Pod', name: pod, dryRun: false }, () => this.logs.get(`${namespace}/${pod}/${options.container ?? ''}`) ?? '');
  }

  canI(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** Discovery of KubeBlocks' kinds and of Secrets; anything else is empty. */
  getPath(path = ''): Promise<unknown> {
    const served = [...Object.values(KINDS), SECRETS].filter((resource) => path === `${resource.group === '' ? '/api' : '/apis'}/${apiVersionOf(resource)}`);
    return Promise.resolve(served.length === 0 ? {} : { resources: served.map(({ plural, kind, namespaced }) => ({ name: plural, kind, namespaced })) });
  }

  /** Awaits nothing real: the answer comes in a later microtask, as from a fast server. */
  private async attempt<T>(call: Call, act: () => T): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    const fault = this.faults.find(({ verb, left, dryRun }) => left > 0 && (verb === call.verb || verb === '*') && (dryRun ?? call.dryRun) === call.dryRun);
    if (fault === undefined) {
      return act();
    }
    fault.left -= 1;
    if (fault.afterwards) {
      act();
    }
    throw fault.error;
  }
}

function keyFor(resource: Resource, namespace: string | undefined, name: string): string {
  return `${resource.kind} ${objectKey(namespace, name)}`;
}

function refusal(verb: string, resource: Resource, name: string, status: number, reason: string): ApiError {
  return new ApiError(`${resource.plural} "${name}" ${reason}`, { status, reason, verb, resource, name });
}

function matchesLabels(object: AnyObject, selector: string | undefined): boolean {
  return (selector ?? '').split(',').every((part) => {
    const [key = '', value] = part.split('=');
    return key === '' || object.metadata.labels?.[key] === value;
  });
}

function matchesFields(object: AnyObject, selector: string | undefined): boolean {
  return (selector ?? '').split(',').every((part) => {
    const [path = '', value] = part.split('=');
    const found = path.split('.').reduce<unknown>((inner, field) => (inner as Record<string, unknown> | undefined)?.[field], object);
    return path === '' || found === value;
  });
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = { ...(target as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    result[key] = merge(result[key], value);
  }
  return result;
}
