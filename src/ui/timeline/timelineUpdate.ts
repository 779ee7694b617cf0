import type { ComponentData, ComponentUpdate, ListUpdate, TimelineData, TimelineUpdate } from './timelineData';

/** What turns the data sent before into these; everything where nothing was sent. */
export function updateBetween(before: TimelineData | undefined, now: TimelineData): TimelineUpdate {
  return { ...now, components: now.components.map((component) => componentUpdate(before?.components.find(({ name }) => name === component.name), component)) };
}

/** The data after an update; undefined where it builds on rows that are not there. */
export function applyUpdate(before: TimelineData | undefined, update: TimelineUpdate): TimelineData | undefined {
  const components = update.components.map((component) => applyToComponent(before?.components.find(({ name }) => name === component.name), component));
  const whole = components.filter((component) => component !== undefined);
  return whole.length === components.length ? { ...update, components: whole } : undefined;
}

function componentUpdate(before: ComponentData | undefined, now: ComponentData): ComponentUpdate {
  return {
    ...now,
    logs: listUpdate(before?.logs, now.logs),
    targets: listUpdate(before?.targets, now.targets),
    bases: listUpdate(before?.bases, now.bases),
    stretches: listUpdate(before?.stretches, now.stretches),
  };
}

function applyToComponent(before: ComponentData | undefined, update: ComponentUpdate): ComponentData | undefined {
  const lists = [update.logs, update.targets, update.bases, update.stretches];
  const known = [before?.logs, before?.targets, before?.bases, before?.stretches].map((list) => list?.length ?? 0);
  if (lists.some(({ keep }, index) => keep > (known[index] ?? 0))) {
    return undefined;
  }
  return {
    ...update,
    logs: joined(before?.logs, update.logs),
    targets: joined(before?.targets, update.targets),
    bases: joined(before?.bases, update.bases),
    stretches: joined(before?.stretches, update.stretches),
  };
}

type Row = readonly (string | number | boolean)[];

function listUpdate<T extends Row>(before: readonly T[] = [], now: readonly T[]): ListUpdate<T> {
  let keep = 0;
  while (keep < now.length && isSame(before[keep], now[keep])) {
    keep += 1;
  }
  return { keep, rows: now.slice(keep) };
}

function isSame(a: Row | undefined, b: Row | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((value, index) => value === b[index]);
}

function joined<T extends Row>(before: readonly T[] = [], { keep, rows }: ListUpdate<T>): readonly T[] {
  return [...before.slice(0, keep), ...rows];
}
