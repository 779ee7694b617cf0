import type { ClusterComponentSpec, ClusterRestore, ClusterShardingSpec, ComponentTemplate, PlaygroundCluster, VolumeClaimTemplate } from './clusterShapes';
import type { ResolvedCluster } from './clusterDefinitions';
import { withoutUndefined } from '../runtime/edits';

/** What `Cluster.spec.restore` asks of each claim, as annotations of its template (`restore_intent.go`). */
export const INTENT = {
  component: 'apps.kubeblocks.io/restore-component',
  sourceGroup: 'apps.kubeblocks.io/restore-source-api-group',
  sourceKind: 'apps.kubeblocks.io/restore-source-kind',
  sourceName: 'apps.kubeblocks.io/restore-source-name',
  sourceNamespace: 'apps.kubeblocks.io/restore-source-namespace',
  volumeTemplate: 'apps.kubeblocks.io/restore-volume-template',
  pitr: 'apps.kubeblocks.io/restore-pitr',
  parameters: 'apps.kubeblocks.io/restore-parameters',
} as const;

export const BACKUP_GROUP = 'dataprotection.kubeblocks.io';

const INTENT_KEYS: ReadonlySet<string> = new Set(Object.values(INTENT));

/** Every template of a Cluster that is being restored with its annotations and data source; of one that is not, without. */
export function withRestoreIntent(cluster: PlaygroundCluster, resolved: ResolvedCluster): ResolvedCluster {
  const restore = isOver(cluster) ? undefined : cluster.spec.restore;
  const namespace = cluster.metadata.namespace ?? '';
  return {
    components: resolved.components.map((spec): ClusterComponentSpec => withIntent(spec, spec.name, restore, namespace)),
    shardings: resolved.shardings.map((spec): ClusterShardingSpec => ({ ...spec, template: withIntent(spec.template, spec.name, restore, namespace) })),
  };
}

/** A restore that came to its end, good or bad, begins no second time. */
function isOver({ status }: PlaygroundCluster): boolean {
  return status?.conditions?.find(({ type }) => type === 'Restore')?.status === 'True';
}

function withIntent<T extends ComponentTemplate>(spec: T, component: string, restore: ClusterRestore | undefined, namespace: string): T {
  if (spec.volumeClaimTemplates === undefined) return spec;
  return { ...spec, volumeClaimTemplates: spec.volumeClaimTemplates.map((template) => intendedTemplate(withoutIntent(template), component, restore, namespace)) };
}

function intendedTemplate(template: VolumeClaimTemplate, component: string, restore: ClusterRestore | undefined, namespace: string): VolumeClaimTemplate {
  if (restore === undefined) return template;
  const { source, pitr, parameters = {} } = restore;
  const annotations = withoutUndefined({
    [INTENT.component]: component,
    [INTENT.sourceGroup]: source.apiGroup,
    [INTENT.sourceKind]: source.kind,
    [INTENT.sourceName]: source.name,
    [INTENT.sourceNamespace]: source.namespace ?? namespace,
    [INTENT.volumeTemplate]: template.name,
    [INTENT.pitr]: pitr,
    [INTENT.parameters]: Object.keys(parameters).length === 0 ? undefined : JSON.stringify(parameters),
  }) as Readonly<Record<string, string>>;
  const { apiGroup, kind, name } = source;
  const isElsewhere = source.namespace !== undefined && source.namespace !== namespace;
  const dataSourceRef = { apiGroup, kind, name, ...(isElsewhere && { namespace: source.namespace }) };
  return { ...template, annotations: { ...template.annotations, ...annotations }, spec: { ...template.spec, dataSourceRef } };
}

function withoutIntent(template: VolumeClaimTemplate): VolumeClaimTemplate {
  const kept = Object.entries(template.annotations ?? {}).filter(([key]) => !INTENT_KEYS.has(key));
  const isOurs = template.spec?.dataSourceRef !== undefined && template.annotations?.[INTENT.sourceName] !== undefined;
  return withoutUndefined({
    ...template,
    annotations: kept.length === 0 ? undefined : Object.fromEntries(kept),
    spec: isOurs ? withoutUndefined({ ...template.spec, dataSourceRef: undefined }) : template.spec,
  }) as VolumeClaimTemplate;
}
