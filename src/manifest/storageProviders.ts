import type { KubeBlocksLine } from '../kubeblocks/kinds';

/** The content of `schemas/storageProviders.json`: what each provider's template declares, by line. */
export type StorageProviderData = Readonly<Record<KubeBlocksLine, StorageProviders>>;

export type StorageProviders = Readonly<Record<string, StorageProviderShape>>;

export interface StorageProviderShape {
  readonly accessMethods: readonly string[];
  readonly parameters: Readonly<Record<string, StorageParameter>>;
  readonly required: readonly string[];
  /** Those that belong into the Secret. */
  readonly credentialFields: readonly string[];
}

export interface StorageParameter {
  readonly type: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
}
