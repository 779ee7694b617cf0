import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { FieldError } from './fieldError';

export type { FieldError } from './fieldError';

export interface Admitted {
  /** Pruned and defaulted. */
  readonly object: AnyObject;
  /** Paths of the fields that pruning took away (`spec.foo`), for strict refusal or a Warning header. */
  readonly unknownFields: readonly string[];
  readonly errors: readonly FieldError[];
}

export interface AdmitOptions {
  /**
   * What the request writes to. Status is judged only when it is written: an API server drops it from a request to the
   * object itself (kinds with a status subresource) before it validates, though after it looked for unknown fields.
   */
  readonly subresource?: 'status';
  /** What an update replaces. */
  readonly old?: AnyObject;
}

/**
 * What the API server does with an object before it stores it. Of kinds without a schema only metadata is looked at;
 * the rest passes unchanged.
 */
export interface Admission {
  /** Throws `StatusError` 400 where metadata cannot be read at all (a number for a label). */
  admit(resource: Resource, object: AnyObject, options?: AdmitOptions): Admitted;
}

export interface SchemaAdmission extends Admission {
  /** Fills in defaults and judges nothing: for objects that are known to be good. */
  complete(resource: Resource, object: AnyObject): AnyObject;
}
