import type { Resource } from '../../kubeblocks/resource';
import type { PrinterColumn } from '../../kubeblocks/schema/crd';

/** A kind as discovery tells of it. */
export interface ServedResource {
  /** As it is stored, and as every controller names it. */
  readonly resource: Resource;
  /** The one preferred by discovery first. */
  readonly versions: readonly string[];
  readonly listKind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly hasStatus: boolean;
  /** Served from a CustomResourceDefinition; `columns` are its printer columns. */
  readonly custom?: { readonly columns: Readonly<Record<string, readonly PrinterColumn[]>> };
}
