import type { FieldError } from '../admission/admission';
import { forbidden, notSupported } from '../admission/fieldError';
import { badRequest } from '../store/statusErrors';
import { StatusError } from '../world';
import type { ResourceRequest } from './resourceRequest';

/** Throws 422 for options that do not go together (`k8s.io/apimachinery`, internalversion/validation). */
export function checkListOptions({ verb, query }: ResourceRequest): void {
  const errors = verb === 'watch' ? watchErrors(query) : listErrors(query);
  if (errors.length > 0) throw optionsError(errors);
  const revision = query.get('resourceVersion') ?? '';
  if (verb === 'list' && (query.get('continue') ?? '') !== '' && revision !== '' && revision !== '0') {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
}

const MATCH = 'resourceVersionMatch';
const INITIAL = 'sendInitialEvents';

function listErrors(query: URLSearchParams): readonly FieldError[] {
  const match = query.get(MATCH) ?? '';
  const revision = query.get('resourceVersion') ?? '';
  const errors: FieldError[] = [];
  if (match !== '') {
    if (revision === '') errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden unless resourceVersion is provided'));
    if ((query.get('continue') ?? '') !== '') errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden when continue is provided'));
    if (match !== 'Exact' && match !== 'NotOlderThan') errors.push(notSupported(MATCH, match, ['Exact', 'NotOlderThan', '']));
    if (match === 'Exact' && revision === '0') errors.push(forbidden(MATCH, 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'));
  }
  if (query.has(INITIAL)) errors.push(forbidden(INITIAL, 'sendInitialEvents is forbidden for list'));
  return errors;
}

function watchErrors(query: URLSearchParams): readonly FieldError[] {
  const match = query.get(MATCH) ?? '';
  const errors: FieldError[] = [];
  if (query.has(INITIAL) && match !== 'NotOlderThan') errors.push(forbidden(MATCH, 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'));
  if (match === '') return errors;
  if (!query.has(INITIAL)) errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'));
  if (match !== 'NotOlderThan') errors.push(notSupported(MATCH, match, ['NotOlderThan']));
  if ((query.get('continue') ?? '') !== '') errors.push(forbidden(MATCH, 'resourceVersionMatch is forbidden when continue is provided'));
  return errors;
}

function optionsError(errors: readonly FieldError[]): StatusError {
  const texts = errors.map(({ path, message }) => `${path}: ${message}`);
  const list = texts.length === 1 ? String(texts[0]) : `[${texts.join(', ')}]`;
  return new StatusError(422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${list}`, {
    group: 'meta.k8s.io',
    kind: 'ListOptions',
    causes: errors.map(({ path, reason, message }) => ({ reason, message, field: path })),
  });
}
