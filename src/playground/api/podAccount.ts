import { isObject } from '../admission/json';
import { RESOURCES } from '../resources';
import { forbidden } from '../store/statusErrors';
import type { AnyObject } from '../../kubeblocks/objects';
import type { ApiContext } from './apiContext';
import type { ResourceRequest } from './resourceRequest';

/** Refuses a pod of an account that is not there, as the ServiceAccount admission does; `default` is everywhere. Throws 403. */
export function refuseUnknownAccount({ store }: ApiContext, { served, namespace = '', name }: ResourceRequest, pod: AnyObject): void {
  const { group, plural } = served.resource;
  if (group !== '' || plural !== 'pods' || name !== undefined) return;
  const { serviceAccountName } = isObject(pod.spec) ? pod.spec : {};
  if (typeof serviceAccountName !== 'string' || ['', 'default'].includes(serviceAccountName)) return;
  if (store.get(RESOURCES.serviceAccount, { namespace, name: serviceAccountName }) !== undefined) return;
  throw forbidden(served.resource, pod.metadata.name, `error looking up service account ${namespace}/${serviceAccountName}: serviceaccount ${JSON.stringify(serviceAccountName)} not found`);
}
