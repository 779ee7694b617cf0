import type { Cluster, ComponentSpec } from './objects';

export interface Engine {
  /** Lower-case id (`postgresql`); undefined where nothing names it. */
  readonly id: string | undefined;
  /** As people write it (`PostgreSQL`). */
  readonly name: string;
  /** Service version as the cluster's spec has it (`16.4.0`). */
  readonly version: string | undefined;
}

/** Longest prefix wins, so that `apecloud-mysql` is not `mysql`. */
const NAMES: readonly (readonly [prefix: string, name: string])[] = (
  [
    ['postgresql', 'PostgreSQL'],
    ['vanilla-postgresql', 'PostgreSQL'],
    ['apecloud-postgresql', 'ApeCloud PostgreSQL'],
    ['apecloud-mysql', 'ApeCloud MySQL'],
    ['ac-mysql', 'ApeCloud MySQL'],
    ['mysql', 'MySQL'],
    ['wescale', 'WeScale'],
    ['mongodb', 'MongoDB'],
    ['mongo', 'MongoDB'],
    ['redis', 'Redis'],
    ['valkey', 'Valkey'],
    ['prometheus', 'Prometheus'],
    ['nebula', 'Nebula'],
    ['milvus', 'Milvus'],
    ['qdrant', 'Qdrant'],
    ['weaviate', 'Weaviate'],
    ['clickhouse', 'ClickHouse'],
    ['elasticsearch', 'Elasticsearch'],
    ['etcd', 'etcd'],
    ['falkordb', 'FalkorDB'],
    ['kafka', 'Kafka'],
    ['mariadb', 'MariaDB'],
    ['mogdb', 'MogDB'],
    ['mssql', 'SQL Server'],
    ['oceanbase', 'OceanBase'],
    ['tidb', 'TiDB'],
    ['zookeeper', 'ZooKeeper'],
  ] as const
).toSorted(([a], [b]) => b.length - a.length);

/** The engine a cluster runs: its cluster definition's, else that of its first component whose definition says one. */
export function engineOf(cluster: Cluster): Engine {
  const components = componentSpecs(cluster);
  const sources = [cluster.spec?.clusterDef, ...components.map(({ componentDef }) => componentDef)];
  for (const source of sources) {
    const known = source === undefined ? undefined : engineNamed(source);
    if (known !== undefined) {
      return { ...known, version: versionOf(components, known.id) };
    }
  }
  const other = sources.find((source) => source !== undefined);
  return { id: other, name: other ?? '', version: components.find(({ serviceVersion }) => serviceVersion !== undefined)?.serviceVersion };
}

/** `PostgreSQL 16`: the name with the major version. */
export function engineWords({ name, version }: Engine): string {
  const major = version === undefined ? undefined : /^v?(\d+)/.exec(version)?.[1];
  return major === undefined ? name : `${name} ${major}`;
}

function engineNamed(definition: string): { readonly id: string; readonly name: string } | undefined {
  const text = definition.toLowerCase();
  const match = NAMES.find(([prefix]) => text.startsWith(prefix));
  return match === undefined ? undefined : { id: match[0], name: match[1] };
}

function componentSpecs(cluster: Cluster): readonly ComponentSpec[] {
  const shardTemplates = (cluster.spec?.shardings ?? []).flatMap(({ template }) => template ?? []);
  return [...(cluster.spec?.componentSpecs ?? []), ...shardTemplates];
}

/** Parts that an engine's add-on brings along under the engine's name (`milvus-minio`); their version is not the engine's. */
const HELPERS = /minio|etcd|pulsar|zookeeper|sentinel|proxy|exporter|console/;

/** The version of the component that is the engine itself, not of a helper beside it. */
function versionOf(components: readonly ComponentSpec[], id: string): string | undefined {
  const versioned = components.filter(({ serviceVersion }) => serviceVersion !== undefined);
  const own = versioned.find(({ componentDef }) => isOf(componentDef, id));
  const sole = versioned.length === 1 ? versioned.find(({ componentDef }) => !HELPERS.test(componentDef ?? '')) : undefined;
  return own?.serviceVersion ?? sole?.serviceVersion;
}

function isOf(componentDef: string | undefined, id: string): boolean {
  const definition = componentDef?.toLowerCase() ?? '';
  return definition.startsWith(id) && !HELPERS.test(definition.slice(id.length));
}
