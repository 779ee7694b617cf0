import { objectKey } from '../kubeblocks/inventory';
import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import { qualifiedName } from '../kubeblocks/resource';
import { createOnce, isUnknownOutcome } from './createOnce';
import type { OperationDeps } from './ports';

export interface Submitted<T> {
  readonly object: T;
  readonly warnings: readonly string[];
}

interface Submission {
  readonly spec: string;
  readonly id: string;
  /** While it is under way. */
  result: Promise<Submitted<KubeObject>> | undefined;
}

/**
 * Everything this window has submitted to one cluster. Submitting the same object again while the first is under way gives
 * the first one's result; later it finds the object that was made, or makes it anew if it is gone: a second click makes no
 * second backup. A submission that was refused is forgotten; one whose outcome is not known is not.
 */
export class Submissions {
  private readonly known = new Map<string, Submission>();

  constructor(private readonly deps: OperationDeps) {}

  /** `id` names the submission where another window, or the same one after a reload, may submit the very same thing. */
  submit<T extends KubeObject>(resource: Resource, object: T, id?: string): Promise<Submitted<T>> {
    const key = `${qualifiedName(resource)} ${objectKey(object.metadata.namespace, object.metadata.name)}`;
    const spec = JSON.stringify(object);
    const before = this.known.get(key);
    const same = before?.spec === spec ? before : undefined;
    if (same?.result !== undefined) {
      return same.result as Promise<Submitted<T>>;
    }
    const submission: Submission = same ?? { spec, id: id ?? this.deps.newId(), result: undefined };
    const result = createOnce(this.deps, resource, object, submission.id);
    submission.result = result;
    this.known.set(key, submission);
    result.then(
      () => (submission.result = undefined),
      (error: unknown) => {
        submission.result = undefined;
        if (!isUnknownOutcome((error as Error).cause) && this.known.get(key) === submission) {
          this.known.delete(key);
        }
      },
    );
    return result;
  }
}
