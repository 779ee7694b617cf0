import { rootField, type Field } from './field';
import type { Fix, FixEdit } from './fix';
import type { ManifestObject } from './manifestObject';
import { nodeValue } from './nodeValue';

/**
 * `affinity` and `tolerations` of a Cluster up to 0.9 as the schedulingPolicy of each component, as KubeBlocks 1.0 reads
 * them (`apis/apps/v1alpha1/cluster_conversion.go` convertToAffinity); what stands in spec is for components without their
 * own. None where a schedulingPolicy is written already, or the fields say more than one can.
 */
export function toSchedulingPolicy(object: ManifestObject, title: string): readonly Fix[] {
  const spec = rootField(object.root).at('spec');
  const components = spec.at('componentSpecs').items.map((item): Component => ({ name: item.at('name').text, field: item, isSharding: false }));
  const shardings = ['shardings', 'shardingSpecs'].flatMap((list) => spec.at(list).items.map((item): Component => ({ name: item.at('name').text, field: item.at('template'), isSharding: true })));
  const parts = [...components, ...shardings];
  const policies = parts.map((component) => policyOf(component, spec, object.name));
  const isSaid = [spec, ...parts.map(({ field }) => field)].some((each) => each.at('schedulingPolicy').isWritten || isFlow(each));
  if (parts.length === 0 || isSaid || policies.includes(undefined)) return [];
  const edits = parts.flatMap(({ field }, index) => componentEdits(object, field, policies[index]));
  const above = OLD.map((key) => spec.at(key)).filter(({ node }) => node !== undefined);
  return [{ title, edits: [...edits, ...above.map(({ path }): FixEdit => ({ kind: 'remove', object, path }))] }];
}

interface Component {
  readonly name: string | undefined;
  readonly field: Field;
  readonly isSharding: boolean;
}

const OLD = ['affinity', 'tolerations'] as const;

/** Two fields that leave one line cannot both be taken out of it. */
function isFlow({ node }: Field): boolean {
  return node?.type === 'map' && node.flow;
}

/** The first of the old fields makes room for the policy, and the other one goes. */
function componentEdits(object: ManifestObject, component: Field, policy: object | undefined): readonly FixEdit[] {
  const [first, ...others] = OLD.map((key) => component.at(key)).filter(({ node }) => node !== undefined);
  const isEmpty = policy === undefined || Object.keys(policy).length === 0;
  if (first === undefined) return isEmpty ? [] : [{ kind: 'insert', object, path: component.path, key: 'schedulingPolicy', value: policy }];
  const gone = others.map(({ path }): FixEdit => ({ kind: 'remove', object, path }));
  if (isEmpty) return [{ kind: 'remove', object, path: first.path }, ...gone];
  return [{ kind: 'renameKey', object, path: first.path, key: 'schedulingPolicy' }, { kind: 'setValue', object, path: first.path, value: policy }, ...gone];
}

/** Empty where nothing is asked for; undefined where it cannot be said. */
function policyOf({ name, field, isSharding }: Component, spec: Field, cluster: string | undefined): object | undefined {
  const affinity = own(field, spec, 'affinity');
  const tolerations = own(field, spec, 'tolerations');
  const keys = affinity.at('topologyKeys').items.flatMap(({ text }) => text ?? []);
  const isRequired = affinity.at('podAntiAffinity').text === 'Required';
  // Shards keep apart by an annotation then.
  if (affinity.at('tenancy').text === 'DedicatedNode' || (isSharding && isRequired) || name === undefined || cluster === undefined) return undefined;
  const labelSelector = { matchLabels: { 'app.kubernetes.io/instance': cluster, 'apps.kubeblocks.io/component-name': name } };
  const terms = keys.map((topologyKey) => ({ labelSelector, topologyKey }));
  const nodes = affinity.at('nodeLabels').entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const matchExpressions = nodes.map((label) => ({ key: label.key, operator: 'In', values: (label.field.text ?? '').split(',') }));
  const rules = {
    ...(nodes.length > 0 && { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } }),
    ...(keys.length > 0 && { podAntiAffinity: isRequired ? { requiredDuringSchedulingIgnoredDuringExecution: terms } : { preferredDuringSchedulingIgnoredDuringExecution: terms.map((podAffinityTerm) => ({ weight: 100, podAffinityTerm })) } }),
  };
  return {
    ...(Object.keys(rules).length > 0 && { affinity: rules }),
    ...(keys.length > 0 && { topologySpreadConstraints: keys.map((topologyKey) => ({ maxSkew: 1, whenUnsatisfiable: isRequired ? 'DoNotSchedule' : 'ScheduleAnyway', topologyKey, labelSelector })) }),
    ...(tolerations.node?.type === 'list' && tolerations.items.length > 0 && { tolerations: nodeValue(tolerations.node) }),
  };
}

function own(component: Field, spec: Field, key: (typeof OLD)[number]): Field {
  return component.at(key).isWritten ? component.at(key) : spec.at(key);
}
