import { isJsonObject, jsonAt, jsonNumber, jsonObjects, jsonText } from './json';
import { matchesDefinition } from './restoreChecks';
import type { AnyObject, Cluster } from './objects';

/** Where a client finds a cluster, and where its passwords are; names alone. */
export interface ClusterReach {
  readonly endpoints: readonly Endpoint[];
  readonly accounts: readonly Account[];
}

export interface Endpoint {
  /** `orders-postgresql-postgresql.payments.svc:5432`, or an address outside the cluster. */
  readonly address: string;
  /** Of a service: `ClusterIP`, `LoadBalancer`…; of what the definition says: the role that answers. */
  readonly what: string | undefined;
}

export interface Account {
  readonly component: string;
  readonly name: string;
  /** The Secret with its name and password. */
  readonly secret: string;
}

/**
 * By the services that are there; where there are none, or they may not be listed, by what the definitions of the
 * components make (`GenerateComponentServiceName`, `GenerateAccountSecretName` of `pkg/constant/pattern.go`). Undefined lists are not known.
 */
export function clusterReach(cluster: Cluster, services: readonly AnyObject[] | undefined, definitions: readonly AnyObject[] | undefined): ClusterReach {
  const { name, namespace = '' } = cluster.metadata;
  const known = (services ?? []).filter((service) => jsonText(service, 'spec', 'clusterIP') !== 'None').flatMap(endpointsOf);
  const components = (cluster.spec?.componentSpecs ?? []).flatMap((spec) => {
    const { name: component = '', componentDef = '' } = spec;
    const definition = componentDef === '' ? undefined : definitions?.filter(({ metadata }) => matchesDefinition(componentDef, metadata.name)).at(-1);
    return definition === undefined ? [] : [{ component, spec, definition }];
  });
  return {
    endpoints: known.length > 0 ? known : components.flatMap(({ component, spec, definition }) => plannedEndpoints(`${name}-${component}`, namespace, spec, definition)),
    accounts: components.flatMap(({ component, definition }) =>
      jsonObjects(definition, 'spec', 'systemAccounts').flatMap((account) => {
        const of = jsonText(account, 'name');
        return of === undefined ? [] : [{ component, name: of, secret: `${name}-${component}-account-${of}`.replaceAll('_', '-') }];
      }),
    ),
  };
}

function endpointsOf(service: AnyObject): readonly Endpoint[] {
  const { name, namespace = '' } = service.metadata;
  const type = jsonText(service, 'spec', 'type');
  const outside = jsonObjects(service, 'status', 'loadBalancer', 'ingress').flatMap((each) => jsonText(each, 'hostname') ?? jsonText(each, 'ip') ?? []);
  return [`${name}.${namespace}.svc`, ...outside].flatMap((host) => portsIn(jsonAt(service, 'spec')).map((port) => ({ address: `${host}:${port}`, what: type })));
}

/** `overrideComponentServices` of `synthesize_component.go`, `buildCompService` of `transformer_component_service.go`. */
function plannedEndpoints(prefix: string, namespace: string, component: object, definition: AnyObject): readonly Endpoint[] {
  return jsonObjects(definition, 'spec', 'services').flatMap((service) => {
    const asked = jsonObjects(component, 'services').find((each) => jsonText(each, 'name') === jsonText(service, 'name'));
    if ((service['disableAutoProvision'] === true && asked === undefined) || jsonText(service, 'spec', 'clusterIP') === 'None') return [];
    const suffix = jsonText(service, 'serviceName');
    const name = suffix === undefined ? prefix : `${prefix}-${suffix}`;
    const names = (asked ?? service)['podService'] === true ? Array.from({ length: jsonNumber(component, 'replicas') ?? 1 }, (_, pod) => `${name}-${pod}`) : [name];
    return names.flatMap((each) => portsIn(jsonAt(service, 'spec')).map((port) => ({ address: `${each}.${namespace}.svc:${port}`, what: jsonText(service, 'roleSelector') })));
  });
}

function portsIn(spec: unknown): readonly number[] {
  return isJsonObject(spec) ? jsonObjects(spec, 'ports').flatMap((port) => jsonNumber(port, 'port') ?? []) : [];
}
