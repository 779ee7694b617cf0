import type { AnyObject } from '../../kubeblocks/objects';
import { isObject, type JsonObject } from '../admission/json';

/** What the API server fills into a service: ports, and an address of its own (`pkg/apis/core/v1/defaults.go`, `pkg/registry/core/service`). */
export function withServiceDefaults(service: AnyObject): AnyObject {
  const given = isObject(service.spec) ? service.spec : {};
  const spec = { type: 'ClusterIP', sessionAffinity: 'None', ...given, ...(Array.isArray(given.ports) && { ports: given.ports.map(withPortDefaults) }) };
  return { ...service, spec: spec.type === 'ExternalName' ? spec : { internalTrafficPolicy: 'Cluster', ...addressOf(given, service.metadata.uid), ...spec } };
}

function withPortDefaults(port: unknown): unknown {
  return isObject(port) ? { protocol: 'TCP', targetPort: port.port, ...port } : port;
}

/** The playground is a cluster of IPv4 alone. An address belongs to the uid: nobody connects to it, so two may share one. */
function addressOf({ clusterIP }: JsonObject, uid = ''): JsonObject {
  const [high, low] = [uid.slice(0, 2), uid.slice(2, 4)].map((part) => Number.parseInt(part, 16) || 1);
  const address = typeof clusterIP === 'string' && clusterIP !== '' ? clusterIP : `10.96.${high ?? 1}.${low ?? 1}`;
  return { clusterIP: address, clusterIPs: [address], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
}
