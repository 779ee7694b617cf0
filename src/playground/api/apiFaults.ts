import { forbidden } from '../store/statusErrors';
import { StatusError, type FaultName, type Faults } from '../world';
import type { ApiContext } from './apiContext';
import type { ResourceRequest } from './resourceRequest';

const DEFAULT_SLOWNESS_MS = 3_000;

/**
 * Faults of the API itself. A fault's target narrows it: `backups`, `list`, or `list backups`; without one it meets every
 * request for objects. Throws what the fault answers; resolves later where it makes the API slow.
 */
export async function meetFaults({ faults, timers }: ApiContext, request: ResourceRequest, user: string): Promise<void> {
  const { verb, served, namespace, name } = request;
  const { resource } = served;
  const isOn = (fault: FaultName): boolean => isFaulty(faults, fault, verb, resource.plural);
  if (isOn('api-slow')) {
    const delay = Number(faults.detail('api-slow') ?? DEFAULT_SLOWNESS_MS);
    await new Promise<void>((resolve) => timers.setTimeout(resolve, Number.isFinite(delay) ? delay : DEFAULT_SLOWNESS_MS));
  }
  if (isOn('api-403')) {
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    const what = `resource "${resource.plural}" in API group "${resource.group}"`;
    throw forbidden(resource, name ?? '', `User "${user}" cannot ${verb} ${what} ${where}`);
  }
  if (isOn('api-500')) {
    throw new StatusError(500, 'InternalError', `Internal error occurred: ${faults.detail('api-500') ?? 'simulated by the playground'}`);
  }
  const resumes = verb === 'watch' || (verb === 'list' && request.query.has('continue'));
  if (resumes && isOn('api-410')) throw new StatusError(410, 'Expired', 'too old resource version: simulated by the playground');
}

/** Whether a fault denies this, as an access review should say. */
export function isForbidden(faults: Faults, verb: string, plural: string): boolean {
  return isFaulty(faults, 'api-403', verb, plural);
}

function isFaulty(faults: Faults, name: FaultName, verb: string, plural: string): boolean {
  return faults.isOn(name, plural) || faults.isOn(name, verb) || faults.isOn(name, `${verb} ${plural}`);
}
