/** Something that was started and is waited for, by names alone. */
export type Followed =
  | { readonly kind: 'backup'; readonly context: string; readonly namespace: string; readonly name: string; readonly uid?: string }
  /** `name` is the new cluster's; `opsName` that of the OpsRequest, if one was made. */
  | { readonly kind: 'restore'; readonly context: string; readonly namespace: string; readonly name: string; readonly opsName?: string }
  /** A Restore that somebody made, into volumes; `fromSnapshot`: they come to be without a job. */
  | { readonly kind: 'volumes'; readonly context: string; readonly namespace: string; readonly name: string; readonly fromSnapshot: boolean }
  /** Its namespace is empty: repositories are the whole cluster's. */
  | { readonly kind: 'repository'; readonly context: string; readonly namespace: string; readonly name: string; readonly uid?: string };

/** Where a window keeps what survives its reload. */
export interface FollowedMemory {
  read(): unknown;
  write(followed: readonly Followed[]): void;
}

/** What this window waits for, and what it waited for when it was reloaded. */
export class FollowedObjects {
  private readonly underway = new Set<string>();
  private isClosing = false;

  constructor(private readonly memory: FollowedMemory) {}

  /** Waits while the task runs, and remembers that until it has ended, well or not. Nothing is waited for twice. */
  async during<T>(followed: Followed, task: () => Promise<T>): Promise<T> {
    const key = keyOf(followed);
    this.underway.add(key);
    this.memory.write([...this.remembered().filter((other) => keyOf(other) !== key), followed]);
    try {
      return await task();
    } finally {
      this.underway.delete(key);
      if (!this.isClosing) {
        this.memory.write(this.remembered().filter((other) => keyOf(other) !== key));
      }
    }
  }

  /** Whether it is waited for in this window now. */
  isUnderway(followed: Followed): boolean {
    return this.underway.has(keyOf(followed));
  }

  /** What was waited for in this context before, and is not now. */
  toResume(context: string): readonly Followed[] {
    return this.remembered().filter((followed) => followed.context === context && !this.underway.has(keyOf(followed)));
  }

  /** The window closes: what ends from now on ends with it, and is remembered. */
  dispose(): void {
    this.isClosing = true;
  }

  private remembered(): readonly Followed[] {
    const stored = this.memory.read();
    return Array.isArray(stored) ? stored.filter(isFollowed) : [];
  }
}

function keyOf({ kind, context, namespace, name }: Followed): string {
  return JSON.stringify([kind, context, namespace, name]);
}

/** What is stored may be of another version. */
function isFollowed(value: unknown): value is Followed {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { kind, context, namespace, name, uid, opsName, fromSnapshot } = value as Record<string, unknown>;
  const isText = (text: unknown): boolean => typeof text === 'string';
  const isKind = kind === 'backup' || kind === 'restore' || kind === 'repository' || (kind === 'volumes' && typeof fromSnapshot === 'boolean');
  return isKind && [context, namespace, name].every(isText) && [uid, opsName].every((text) => text === undefined || isText(text));
}
