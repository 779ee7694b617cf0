import type { Condition, KubeObject } from '../../kubeblocks/objects';
import type { PodSpec } from '../workloads/workload';

/** The parts of the apps.kubeblocks.io kinds that the controllers here read and write. */

export interface VolumeClaimTemplate {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly resources?: { readonly requests?: { readonly storage?: string } };
    readonly dataSourceRef?: DataSource;
  };
}

/** What a volume is filled from. */
export interface DataSource {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A component without its name, as a sharding's template has it. */
export interface ComponentTemplate {
  readonly componentDef?: string;
  readonly serviceVersion?: string;
  readonly replicas?: number;
  readonly volumeClaimTemplates?: readonly VolumeClaimTemplate[];
  readonly systemAccounts?: readonly { readonly name: string; readonly secretRef?: unknown }[];
  readonly [field: string]: unknown;
}

export interface ClusterComponentSpec extends ComponentTemplate {
  readonly name: string;
}

export interface ClusterShardingSpec {
  readonly name: string;
  readonly shardingDef?: string;
  readonly shards?: number;
  readonly template: ComponentTemplate;
}

export interface ClusterBackupSpec {
  readonly method: string;
  readonly enabled?: boolean;
  readonly cronExpression?: string;
  readonly retentionPeriod?: string;
  readonly repoName?: string;
  readonly pitrEnabled?: boolean;
  readonly continuousMethod?: string;
  readonly incrementalBackupEnabled?: boolean;
  readonly incrementalCronExpression?: string;
}

/** Of the 1.2 line. */
export interface ClusterRestore {
  readonly source: { readonly apiGroup: string; readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly pitr?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface ComponentStatus {
  readonly phase?: string;
  readonly observedGeneration?: number;
  readonly upToDate?: boolean;
  readonly message?: Readonly<Record<string, string>>;
}

export interface PlaygroundCluster extends KubeObject {
  readonly spec: {
    readonly clusterDef?: string;
    readonly topology?: string;
    readonly terminationPolicy?: string;
    readonly componentSpecs?: readonly ClusterComponentSpec[];
    readonly shardings?: readonly ClusterShardingSpec[];
    readonly backup?: ClusterBackupSpec;
    readonly restore?: ClusterRestore;
    readonly [field: string]: unknown;
  };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly components?: Readonly<Record<string, ComponentStatus>>;
    readonly shardings?: Readonly<Record<string, ComponentStatus>>;
    readonly conditions?: readonly Condition[];
  };
}

export interface PlaygroundComponent extends KubeObject {
  readonly spec: {
    readonly compDef: string;
    readonly serviceVersion?: string;
    readonly replicas: number;
    readonly terminationPolicy?: string;
    readonly volumeClaimTemplates?: readonly VolumeClaimTemplate[];
    readonly systemAccounts?: readonly { readonly name: string; readonly secretRef?: unknown }[];
    readonly [field: string]: unknown;
  };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface ComponentRole {
  readonly name: string;
  readonly updatePriority?: number;
}

export interface ComponentDefinition extends KubeObject {
  readonly spec: {
    readonly serviceVersion?: string;
    readonly roles?: readonly ComponentRole[];
    readonly systemAccounts?: readonly {
      readonly name: string;
      readonly initAccount?: boolean;
      readonly passwordGenerationPolicy?: { readonly length?: number };
    }[];
    readonly runtime: PodSpec;
  };
}

export interface ClusterTopology {
  readonly name: string;
  readonly default?: boolean;
  readonly components?: readonly { readonly name: string; readonly compDef: string }[];
  readonly shardings?: readonly { readonly name: string; readonly shardingDef: string }[];
}

export interface ClusterDefinition extends KubeObject {
  readonly spec: { readonly topologies?: readonly ClusterTopology[] };
}

export interface ShardingDefinition extends KubeObject {
  readonly spec: { readonly template: { readonly compDef: string } };
}
