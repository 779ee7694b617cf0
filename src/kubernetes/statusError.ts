import * as l10n from '@vscode/l10n';
import { ApiError } from './api';
import type { Resource } from '../kubeblocks/resource';
import { isObject, listIn, numberIn, objectIn, stringIn } from './jsonReading';

/** What a request was for: kept in its errors. */
export interface RequestSubject {
  readonly verb: string;
  readonly resource?: Resource;
  readonly namespace?: string;
  readonly name?: string;
}

/** The subject alone of something that holds more. */
export function subjectOnly({ verb, resource, namespace, name }: RequestSubject): RequestSubject {
  return {
    verb,
    ...(resource === undefined ? {} : { resource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
}

/** Longest answer text quoted where the server does not speak `Status`. */
const QUOTED = 200;

/**
 * The error for an answer that is not a success. Reads `metav1.Status`; what else comes back (a proxy's page) is
 * quoted in part.
 */
export function statusError(subject: RequestSubject, status: number, body: string, retryAfter?: string): ApiError {
  const answer = parse(body);
  const details = objectIn(answer, 'details');
  const seconds = numberIn(details, 'retryAfterSeconds') ?? secondsOf(retryAfter);
  const causes = listIn(details, 'causes').filter(isObject);
  return new ApiError(stringIn(answer, 'message') ?? unstructured(status, body), {
    ...subject,
    status,
    reason: stringIn(answer, 'reason') ?? reasonOf(status),
    ...(seconds === undefined ? {} : { retryAfter: seconds }),
    ...(causes.length === 0 ? {} : { causes }),
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unstructured(status: number, body: string): string {
  const text = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, QUOTED);
  return text === '' ? l10n.t('The server answered with status {0}.', status) : text;
}

function secondsOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  return retryAfter === undefined || !Number.isFinite(seconds) || seconds < 0 ? undefined : seconds;
}

/** `metav1.StatusReason` for answers that do not name one. */
function reasonOf(status: number): string {
  const reasons: Readonly<Record<number, string>> = {
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    409: 'Conflict',
    410: 'Expired',
    422: 'Invalid',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'ServiceUnavailable',
    504: 'Timeout',
  };
  return reasons[status] ?? 'Unknown';
}
