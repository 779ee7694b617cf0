/** What the use cases need from outside. */
import type { Clock, Logger } from '../kubeblocks/ports';
import type { KubernetesApi } from '../kubernetes/api';

export type { Clock, Logger };

/** Asks before something is destroyed. */
export interface Confirm {
  /** Resolves to whether the person agreed. `detail` names object, context and namespace. */
  ask(question: { readonly message: string; readonly detail: string; readonly agree: string }): Promise<boolean>;
}

/** Says how far something is. */
export interface Progress {
  report(step: { readonly message: string }): void;
}

/** What every use case gets. */
export interface OperationDeps {
  readonly api: KubernetesApi;
  readonly clock: Clock;
  readonly logger: Logger;
  /** An id nobody else makes (a UUID). */
  readonly newId: () => string;
}
