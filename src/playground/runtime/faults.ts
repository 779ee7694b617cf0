import type { FaultName, Faults } from '../world';

export interface SwitchableFaults extends Faults {
  /** `target` narrows the fault to objects of that name; `detail` is its log or message. */
  turnOn(name: FaultName, options?: { readonly target?: string; readonly detail?: string }): void;
  turnOff(name: FaultName): void;
  list(): readonly { readonly name: FaultName; readonly target?: string; readonly detail?: string }[];
}

/** Faults that can be switched on and off while the playground runs. One setting per name: the last holds. */
export function createFaults(): SwitchableFaults {
  const on = new Map<FaultName, { readonly target?: string; readonly detail?: string }>();
  return {
    isOn(name, target) {
      const fault = on.get(name);
      return fault !== undefined && (fault.target === undefined || fault.target === target);
    },
    detail: (name) => on.get(name)?.detail,
    turnOn(name, options = {}) {
      on.set(name, options);
    },
    turnOff(name) {
      on.delete(name);
    },
    list: () => [...on].map(([name, options]) => ({ name, ...options })),
  };
}
