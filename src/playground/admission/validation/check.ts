import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import type { FieldError } from '../fieldError';

export type Validate = (value: unknown, schema: StructuralSchema, path: string) => FieldError[];

/** A value to be judged, and how to judge what is in it. */
export interface Subject {
  readonly value: unknown;
  readonly schema: StructuralSchema;
  readonly path: string;
  readonly validate: Validate;
}

/** One aspect of a schema. It says nothing about values that the aspect is not about. */
export type Check = (subject: Subject) => FieldError[];
