import type { SecretReader } from '../../kubeblocks/secretReader';
import { secretReader } from '../../operations/secretKeys';
import type { Operations } from './operations';

const known = new WeakMap<Operations, SecretReader>();

/** Looks up the Secrets of a session; the same object as long as it is the same session, undefined while it is not connected. */
export function secretReaderOf(operations: Operations | undefined): SecretReader | undefined {
  if (operations?.session.inventory.connection.state !== 'connected') return undefined;
  const reader = known.get(operations) ?? secretReader(operations, operations.session.context);
  known.set(operations, reader);
  return reader;
}
