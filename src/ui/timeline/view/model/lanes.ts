import * as l10n from '@vscode/l10n';
import type { ComponentData, StretchKind, StretchRow } from '../../timelineData';
import { firstEndingFrom } from './chosen';
import { positionOf, type Scale } from './scale';

export type Lane =
  | { readonly kind: 'bases'; readonly label: string; readonly marks: readonly Mark[] }
  | { readonly kind: 'log'; readonly label: string; readonly bars: readonly Bar[] }
  | { readonly kind: 'window'; readonly label: string; readonly bars: readonly (Bar & { readonly stretch: StretchKind })[] };

/** One base backup, or several too near each other to be told apart. */
export interface Mark {
  readonly x: number;
  readonly count: number;
  readonly name: string;
}

export interface Bar {
  readonly x: number;
  readonly width: number;
}

/** Marks nearer than this (px) become one. */
const MARK_ROOM = 9;
/** Nothing that is there is drawn narrower (px). */
const NARROWEST = 1;
const SECOND = 1000;

/** What is in sight, as shapes: their number depends on the width, not on how many backups there are. */
export function lanesOf(component: ComponentData, scale: Scale): readonly Lane[] {
  const targets = [...new Set(component.targets.map(([name]) => name))];
  const logs = component.logs.map(([, from, to]) => ({ from, to }));
  return [
    { kind: 'bases', label: l10n.t('base backups'), marks: marksOf(component.bases, scale) },
    ...(targets.length > 1
      ? targets.map((target): Lane => ({ kind: 'log', label: l10n.t('log of {0}', target), bars: barsOf(component.targets.filter(([name]) => name === target).map(([, from, to]) => ({ from, to })), scale) }))
      : [{ kind: 'log', label: l10n.t('log'), bars: barsOf(logs, scale) } as const]),
    { kind: 'window', label: targets.length > 1 ? l10n.t('all of them') : l10n.t('restorable'), bars: windowBars(component.stretches, scale) },
  ];
}

function marksOf(bases: ComponentData['bases'], scale: Scale): readonly Mark[] {
  const marks: { x: number; count: number; name: string }[] = [];
  for (let index = firstBaseFrom(bases, scale.from); index < bases.length; index += 1) {
    const [name, end] = bases[index] ?? ['', Infinity];
    if (end > scale.to) {
      break;
    }
    const x = positionOf(scale, end);
    const last = marks.at(-1);
    if (last !== undefined && x - last.x < MARK_ROOM) {
      last.count += 1;
    } else {
      marks.push({ x, count: 1, name });
    }
  }
  return marks;
}

function firstBaseFrom(bases: ComponentData['bases'], from: number): number {
  let [low, high] = [0, bases.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bases[middle]?.[1] ?? Infinity) < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function barsOf(ranges: readonly { readonly from: number; readonly to: number }[], scale: Scale): readonly Bar[] {
  return ranges.flatMap(({ from, to }) => {
    const [left, right] = [Math.max(0, positionOf(scale, from)), Math.min(scale.width, positionOf(scale, to + SECOND))];
    return right <= 0 || left >= scale.width ? [] : [{ x: left, width: Math.max(NARROWEST, right - left) }];
  });
}

/** Neighbours of one kind are one bar, and no pixel has two. */
function windowBars(stretches: readonly StretchRow[], scale: Scale): readonly (Bar & { readonly stretch: StretchKind })[] {
  const bars: { x: number; width: number; stretch: StretchKind }[] = [];
  for (let index = firstEndingFrom(stretches, scale.from); index < stretches.length; index += 1) {
    const [from, to, stretch] = stretches[index] ?? [Infinity, Infinity, 'unknown'];
    if (from > scale.to) {
      break;
    }
    const [left, right] = [Math.max(0, positionOf(scale, from)), Math.min(scale.width, positionOf(scale, to + SECOND))];
    const last = bars.at(-1);
    if (last !== undefined && left < last.x + NARROWEST && last.width <= NARROWEST) {
      last.stretch = worse(last.stretch, stretch);
    } else if (last?.stretch === stretch && left - (last.x + last.width) < NARROWEST) {
      last.width = Math.max(last.width, right - last.x);
    } else {
      bars.push({ x: left, width: Math.max(NARROWEST, right - left), stretch });
    }
  }
  return bars;
}

/** Of what shares a pixel, the least that can be counted on is shown. */
function worse(a: StretchKind, b: StretchKind): StretchKind {
  return a === 'recoverable' ? b : b === 'unknown' ? b : a;
}
