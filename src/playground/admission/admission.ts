import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';

/** One refused field, worded as the API server words it. */
export interface FieldError {
  /** `spec.schedules[0].cronExpression`. */
  readonly path: string;
  /** `FieldValueInvalid`, `FieldValueRequired`, `FieldValueNotSupported`, `FieldValueTypeInvalid`… */
  readonly reason: string;
  /** Without the path: `Unsupported value: "x": supported values: "Delete", "Retain"`. */
  readonly message: string;
}

export interface Admitted {
  /** Pruned and defaulted. */
  readonly object: AnyObject;
  /** Paths of the fields that pruning took away (`spec.foo`), for strict refusal or a Warning header. */
  readonly unknownFields: readonly string[];
  readonly errors: readonly FieldError[];
}

/** What the API server does with a custom resource before it stores it. Kinds without a schema pass unchanged. */
export interface Admission {
  admit(resource: Resource, object: AnyObject): Admitted;
}
