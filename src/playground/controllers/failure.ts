/**
 * What a controller gives up on, in the words its status then carries. `event` is the reason of the Warning event;
 * without one the event is `ReconcileFailed` with the controller's prefix.
 */
export class Failure extends Error {
  constructor(
    message: string,
    readonly event?: string,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** As client-go words a missing custom object: `BackupPolicy.dataprotection.kubeblocks.io "x" not found`. */
export function notFound(kind: string, name: string, group = 'dataprotection.kubeblocks.io'): Failure {
  return new Failure(`${kind}.${group} "${name}" not found`);
}

/** A fault that the controller reports and tries again, without giving up. */
export class Retried extends Failure {}
