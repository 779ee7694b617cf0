import type { Dialect } from '../dialect';
import type { Facts } from '../facts/facts';
import type { FieldDocs } from './fieldDocs';

/** What assistance at a cursor draws on. */
export interface AssistContext {
  readonly facts: Facts;
  readonly dialect: Dialect;
  readonly docs: FieldDocs;
  readonly nowMs: number;
  /** IANA name of the person's zone. */
  readonly timeZone: string;
}
