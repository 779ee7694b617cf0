import { StatusError } from '../world';
import { decodeOwners, type Owners } from '../ownership/managers';
import type { WrittenBy } from '../store/versionedStore';
import type { AnyObject } from '../../kubeblocks/objects';
import { omit } from '../store/omit';
import { isObject } from '../admission/json';
import type { ResourceRequest } from './resourceRequest';

const LONGEST = 128;

/** Who a request says it is: its `fieldManager`, or the first word of its user agent. Throws 422 for a bad name. */
export function fieldManagerOf({ query, verb, userAgent }: ResourceRequest): string {
  const given = query.get('fieldManager') ?? '';
  const kind = OPTIONS[verb as keyof typeof OPTIONS];
  if (given.length > LONGEST) throw refusal(kind, 'FieldValueTooLong', `Too long: may not be more than ${LONGEST} bytes`);
  if (!PRINTABLE.test(given)) {
    throw refusal(kind, 'FieldValueInvalid', `Invalid value: ${JSON.stringify(given)}: should only contain printable characters`);
  }
  if (given !== '') return given;
  const [word = ''] = userAgent.split('/');
  return Array.from(word, (char) => (PRINTABLE.test(char) ? char : '')).join('').slice(0, LONGEST) || 'unknown';
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;
const OPTIONS = { create: 'CreateOptions', update: 'UpdateOptions', patch: 'PatchOptions' } as const;

function refusal(kind: string, reason: string, message: string): StatusError {
  return new StatusError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: fieldManager: ${message}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason, message, field: 'fieldManager' }],
  });
}

/** An object without the managed fields it was sent with, and what they make of who owns what (`decodeLiveOrNew`). */
export function sentBy(request: ResourceRequest, sent: AnyObject): { readonly object: AnyObject; readonly by: WrittenBy } {
  const manager = fieldManagerOf(request);
  const { managedFields } = sent.metadata as { readonly managedFields?: unknown };
  const object = managedFields === undefined ? sent : { ...sent, metadata: omit(sent.metadata, 'managedFields') };
  const owners = request.subresource === undefined && Array.isArray(managedFields) ? ownersSent(managedFields) : undefined;
  return { object, by: { manager, ...(owners !== undefined && { owners }) } };
}

function ownersSent(entries: readonly unknown[]): Owners | undefined {
  const isReset = entries.length === 0 || (entries.length === 1 && isObject(entries[0]) && Object.keys(entries[0]).length === 0);
  if (isReset) return new Map();
  return decodeOwners(entries);
}
