import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';

/** A failed request, with what is needed to say *what failed, why, what to do*. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly details: {
      /** HTTP status; 0 when no answer came (refused, reset, timed out). */
      readonly status: number;
      /** `Status.reason` (`NotFound`, `Forbidden`, `Conflict`…), or a Node error code (`ECONNREFUSED`) when status is 0. */
      readonly reason: string;
      readonly verb: string;
      readonly resource?: Resource;
      readonly namespace?: string;
      readonly name?: string;
      /** Seconds the server asked to wait. */
      readonly retryAfter?: number;
      /** `Status.details.causes`: one entry a refused field. */
      readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[];
    },
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface WriteOptions extends RequestOptions {
  /** Ask the server to judge without storing. */
  readonly dryRun?: boolean;
  /** Default `Strict`: an unknown field is refused instead of dropped. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
}

export interface Written<T> {
  readonly object: T;
  /** Texts of the response's Warning headers. */
  readonly warnings: readonly string[];
}

/** The calls the product makes. Every rejection is an `ApiError`, or the signal's reason. */
export interface KubernetesApi {
  get<T extends KubeObject = AnyObject>(resource: Resource, name: string, namespace?: string, options?: RequestOptions): Promise<T>;
  /** One page after another; `namespace` undefined lists everywhere. */
  listPages<T extends KubeObject = AnyObject>(
    resource: Resource,
    namespace: string | undefined,
    /** `metadataOnly`: of each object nothing but its metadata is sent. */
    options?: RequestOptions & { readonly labelSelector?: string; readonly fieldSelector?: string; readonly limit?: number; readonly metadataOnly?: boolean },
  ): AsyncIterable<{ readonly items: readonly T[]; readonly resourceVersion: string }>;
  create<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions): Promise<Written<T>>;
  /** JSON merge patch (RFC 7386). `subresource`: of the object's status alone, which the plain patch leaves as it is. */
  patch(resource: Resource, name: string, namespace: string | undefined, patch: unknown, options?: WriteOptions & { readonly subresource?: 'status' }): Promise<Written<AnyObject>>;
  /**
   * Server-side apply: makes the object, or changes it to have these fields. `force` takes fields over that another
   * manager has set otherwise; without it they are a 409 whose causes name field and manager.
   */
  apply<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions & { readonly force?: boolean }): Promise<Written<AnyObject>>;
  delete(
    resource: Resource,
    name: string,
    namespace?: string,
    options?: WriteOptions & { readonly uid?: string; readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' },
  ): Promise<void>;
  /** The last `tailLines` lines of a container's log. */
  podLog(pod: string, namespace: string, options?: RequestOptions & { readonly container?: string; readonly tailLines?: number }): Promise<string>;
  /** Whether the user may do this, by SelfSubjectAccessReview. */
  canI(verb: string, resource: Resource, namespace?: string, options?: RequestOptions): Promise<boolean>;
  /** GET of a path outside the resource tree, as JSON (`/version`). */
  getPath(path: string, options?: RequestOptions): Promise<unknown>;
}
