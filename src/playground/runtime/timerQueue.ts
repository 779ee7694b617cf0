interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

export interface TimerQueue {
  /** Returns how to call it off. */
  add(at: number, task: () => void): () => void;
  /** Takes out the first timer that is due at or before `instant`. */
  takeDue(instant: number): { readonly at: number; readonly task: () => void } | undefined;
  /** When the first timer is due. */
  next(): number | undefined;
  clear(): void;
}

/** A binary heap of timers, by instant and then by order of insertion. Cancelled ones are dropped when they surface. */
export function createTimerQueue(): TimerQueue {
  let heap: Timer[] = [];
  let inserted = 0;

  function first(): Timer | undefined {
    while (heap[0]?.cancelled === true) removeFirst(heap);
    return heap[0];
  }

  return {
    add(at, task) {
      const timer: Timer = { at, order: inserted++, task, cancelled: false };
      insert(heap, timer);
      return () => {
        timer.cancelled = true;
      };
    },
    takeDue(instant) {
      const timer = first();
      if (timer === undefined || timer.at > instant) return undefined;
      removeFirst(heap);
      return timer;
    },
    next: () => first()?.at,
    clear() {
      heap = [];
    },
  };
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function insert(heap: Timer[], timer: Timer): void {
  let hole = heap.length;
  heap.push(timer);
  for (;;) {
    const parentIndex = (hole - 1) >> 1;
    const parent = heap[parentIndex];
    if (hole === 0 || parent === undefined || isBefore(parent, timer)) break;
    heap[hole] = parent;
    hole = parentIndex;
  }
  heap[hole] = timer;
}

function removeFirst(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let hole = 0;
  for (;;) {
    const child = smallerChild(heap, hole);
    const timer = heap[child];
    if (timer === undefined || isBefore(last, timer)) break;
    heap[hole] = timer;
    hole = child;
  }
  heap[hole] = last;
}

function smallerChild(heap: readonly Timer[], parent: number): number {
  const left = 2 * parent + 1;
  const leftTimer = heap[left];
  const rightTimer = heap[left + 1];
  return leftTimer !== undefined && rightTimer !== undefined && isBefore(rightTimer, leftTimer) ? left + 1 : left;
}
