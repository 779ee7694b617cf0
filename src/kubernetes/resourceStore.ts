import type { Inventory } from '../kubeblocks/inventory';
import type { Clock } from '../kubeblocks/ports';

/** Changes of this long (ms) reach listeners together. */
const BATCH = 50;

type Listener = (now: Inventory, before: Inventory) => void;

/** Holds the latest inventory and tells about changes: at once after quiet, then at most twenty times a second. */
export class ResourceStore {
  private readonly listeners = new Set<Listener>();
  private current: Inventory;
  private told: Inventory;
  private toldAt = -Infinity;
  private isDue = false;

  constructor(
    initial: Inventory,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
    private readonly onListenerError: (error: unknown) => void,
  ) {
    this.current = initial;
    this.told = initial;
  }

  /** What listeners were last told. */
  get inventory(): Inventory {
    return this.told;
  }

  onDidChange(listener: Listener): () => void {
    const own: Listener = (now, before) => listener(now, before);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  update(change: Partial<Inventory>): void {
    this.current = { ...this.current, ...change };
    if (!this.isDue) {
      this.isDue = true;
      void this.tellLater();
    }
  }

  private async tellLater(): Promise<void> {
    try {
      // A clock that was set back must not hold changes back.
      await this.clock.sleep(Math.min(BATCH, Math.max(0, this.toldAt + BATCH - this.clock.now())), this.signal);
    } catch {
      return;
    }
    this.isDue = false;
    this.toldAt = this.clock.now();
    const before = this.told;
    this.told = this.current;
    [...this.listeners].forEach((listener) => this.tell(listener, before));
  }

  /** One listener that throws must not keep the others from hearing. */
  private tell(listener: Listener, before: Inventory): void {
    try {
      listener(this.told, before);
    } catch (error) {
      this.onListenerError(error);
    }
  }
}
