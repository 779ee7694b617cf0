import { qualifiedName, type Resource } from '../../kubeblocks/resource';
import type { FieldError } from '../admission/admission';
import { StatusError } from '../world';

/** Refusals in the API server's own words (`k8s.io/apimachinery/pkg/api/errors`). */

type Named = Pick<Resource, 'group' | 'plural'>;

function detailsOf(resource: Named, name: string): Record<string, unknown> {
  return { name, ...(resource.group !== '' && { group: resource.group }), kind: resource.plural };
}

export function notFound(resource: Named, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualifiedName(resource)} "${name}" not found`, detailsOf(resource, name));
}

export function alreadyExists(resource: Named, name: string): StatusError {
  return new StatusError(409, 'AlreadyExists', `${qualifiedName(resource)} "${name}" already exists`, detailsOf(resource, name));
}

export function conflict(resource: Named, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, detailsOf(resource, name));
}

export function staleVersion(resource: Named, name: string): StatusError {
  return conflict(resource, name, 'the object has been modified; please apply your changes to the latest version and try again');
}

/** A deletion that was meant for another object, or another state of it. */
export function preconditionFailed(resource: Resource, name: string, field: 'UID' | 'ResourceVersion', asked: string, found: string): StatusError {
  const guess = field === 'UID' ? 'deleted and then recreated' : 'modified';
  const why = `the ${field} in the precondition (${asked}) does not match the ${field} in record (${found}). The object might have been ${guess}`;
  const subject = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  const details = { ...detailsOf(resource, name), kind: resource.kind };
  return new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${subject} "${name}": ${why}`, details);
}

export function forbidden(resource: Named, name: string, why: string): StatusError {
  const subject = name === '' ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  return new StatusError(403, 'Forbidden', `${subject} is forbidden: ${why}`, detailsOf(resource, name));
}

export function invalid(resource: Pick<Resource, 'group' | 'kind'>, name: string, errors: readonly FieldError[]): StatusError {
  const subject = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;
  const texts = errors.map(({ path, message }) => `${path}: ${message}`);
  const said = [...new Set(texts)];
  const list = said.length === 1 ? String(said[0]) : `[${said.join(', ')}]`;
  return new StatusError(422, 'Invalid', `${subject} "${name}" is invalid: ${list}`, {
    ...(name !== '' && { name }),
    ...(resource.group !== '' && { group: resource.group }),
    kind: resource.kind,
    causes: errors.map(({ path, reason, message }) => ({ reason, message, field: path })),
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

/** A watch or a page asked from a revision that is no longer kept. */
export function tooOld(asked: number, oldest: number): StatusError {
  return new StatusError(410, 'Expired', `too old resource version: ${asked} (${oldest})`);
}
