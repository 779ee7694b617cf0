import { ApiError } from './api';
import { isObject, numberIn, objectIn, stringIn, type JsonObject } from './jsonReading';
import { subjectOnly, type RequestSubject } from './statusError';

/** One line of a watch, as `metav1.WatchEvent` gives it. */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: JsonObject; readonly resourceVersion: string }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };

/**
 * Reads one line. Throws `ApiError` for an `ERROR` event (its `code` as status, 410 among them) and for a line that
 * is no event: what it said is lost, so the watch must be taken up again from the version before it.
 */
export function readWatchEvent(line: string, subject: RequestSubject): WatchEvent {
  const event = parse(line, subject);
  const object = objectIn(event, 'object');
  const type = stringIn(event, 'type');
  const resourceVersion = stringIn(objectIn(object, 'metadata'), 'resourceVersion') ?? '';
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type, object, resourceVersion };
    case 'BOOKMARK':
      return { type, resourceVersion };
    case 'ERROR':
      throw new ApiError(stringIn(object, 'message') ?? 'watch error', {
        ...subjectOnly(subject),
        status: numberIn(object, 'code') ?? 500,
        reason: stringIn(object, 'reason') ?? 'Unknown',
      });
    default:
      throw brokenLine(subject);
  }
}

function parse(line: string, subject: RequestSubject): unknown {
  try {
    const event: unknown = JSON.parse(line);
    if (isObject(event)) {
      return event;
    }
  } catch {
    // Said below: the line itself may hold anything and is not quoted.
  }
  throw brokenLine(subject);
}

function brokenLine(subject: RequestSubject): ApiError {
  return new ApiError('The server sent a watch event that is not JSON.', { ...subjectOnly(subject), status: 0, reason: 'EBADEVENT' });
}
