import * as l10n from '@vscode/l10n';
import { localText, wallClock } from '../../../kubeblocks/timeText';
import type { ComponentData } from '../timelineData';
import { svg, write } from './elements';
import { lanesOf, type Bar, type Lane } from './model/lanes';
import { positionOf, type Scale } from './model/scale';
import { ticksOf } from './model/ticks';

/** What the drawing is of. */
export interface Picture {
  readonly component: ComponentData;
  readonly scale: Scale;
  readonly now: number;
  readonly timeZone: string;
}

const AXIS = 26;
const LANE = 34;
const BAR = 16;
/** Below the lanes: the cursor's flag and time, and the word for now. */
const FLAG = 40;
/** Pixels on the left that name the lanes. */
export const LABELS = 112;

/** The SVG: lanes are drawn again when what is in sight changes, the cursor alone is moved by a step. */
export class Drawing {
  readonly element = svg('svg', { 'aria-hidden': 'true', focusable: 'false' });
  private readonly lanes = svg('g');
  private readonly cursor = svg('g', { class: 'cursor' }, svg('line', { y1: AXIS }), svg('path'), svg('text', { 'text-anchor': 'middle' }));
  private readonly nowMark = svg('g', { class: 'now' }, svg('line', { y1: AXIS }), svg('text', { y: 0, 'text-anchor': 'middle' }));
  private height = 0;

  constructor() {
    this.element.append(svg('defs', {}, hatch()), this.lanes, this.nowMark, this.cursor);
  }

  draw({ component, scale, now, timeZone }: Picture): void {
    const lanes = lanesOf(component, scale);
    this.height = AXIS + lanes.length * LANE;
    write(this.element, { width: LABELS + scale.width, height: this.height + FLAG, viewBox: `0 0 ${LABELS + scale.width} ${this.height + FLAG}` });
    this.lanes.replaceChildren(
      ...ticksOf(scale, timeZone).map(({ at, label }) => tick(LABELS + positionOf(scale, at), label, this.height)),
      ...lanes.flatMap((lane, index) => laneShapes(lane, AXIS + index * LANE, scale.width)),
      ...nextRun(component, scale),
    );
    this.drawNow(scale, now);
  }

  drawNow(scale: Scale, now: number): void {
    const x = positionOf(scale, now);
    this.nowMark.setAttribute('visibility', 0 <= x && x <= scale.width ? 'visible' : 'hidden');
    const [line, text] = this.nowMark.children;
    if (line !== undefined && text !== undefined) {
      write(line, { x1: LABELS + x, x2: LABELS + x, y2: this.height + 24 });
      write(text, { x: LABELS + x, y: this.height + 36 });
      text.textContent = l10n.t('now');
    }
  }

  drawCursor(scale: Scale, at: number, timeZone: string): void {
    const x = positionOf(scale, at);
    this.cursor.setAttribute('visibility', 0 <= x && x <= scale.width ? 'visible' : 'hidden');
    this.cursor.setAttribute('transform', `translate(${LABELS + x} 0)`);
    const [line, flag, text] = this.cursor.children;
    if (line !== undefined && flag !== undefined && text !== undefined) {
      line.setAttribute('y2', String(this.height));
      flag.setAttribute('d', `M-6 ${this.height + 8}L0 ${this.height}L6 ${this.height + 8}Z`);
      const edge = x < 40 ? 'start' : x > scale.width - 40 ? 'end' : 'middle';
      write(text, { y: this.height + 20, 'text-anchor': edge });
      const { time } = wallClock(at, timeZone);
      text.textContent = scale.to - scale.from > 172_800_000 ? localText(at, { timeZone }) : time;
    }
  }
}

function hatch(): SVGPatternElement {
  return svg(
    'pattern',
    { id: 'hatch', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { class: 'hatch-ground', width: 8, height: 8 }),
    svg('rect', { class: 'hatch-line', width: 3, height: 8 }),
  );
}

function tick(x: number, label: string, height: number): SVGGElement {
  return svg('g', { class: 'tick' }, svg('line', { x1: x, x2: x, y1: AXIS - 6, y2: height }), svg('text', { x, y: AXIS - 11, 'text-anchor': 'middle' }, label));
}

function laneShapes(lane: Lane, top: number, width: number): readonly SVGElement[] {
  const middle = top + LANE / 2;
  const name = svg('text', { class: 'lane-name', x: LABELS - 10, y: middle + 4, 'text-anchor': 'end' }, lane.label);
  const ground = svg('line', { class: 'lane', x1: LABELS, x2: LABELS + width, y1: middle, y2: middle });
  switch (lane.kind) {
    case 'bases':
      return [name, ground, ...lane.marks.map(({ x, count }) => (count === 1 ? svg('circle', { class: 'base', cx: LABELS + x, cy: middle, r: 5 }) : several(LABELS + x, middle)))];
    case 'log':
      return [name, ground, ...lane.bars.map((bar) => rect(bar, middle, 'log'))];
    case 'window':
      return [name, ground, ...lane.bars.map((bar) => rect(bar, middle, bar.stretch))];
  }
}

/** Backups too near each other: a lozenge instead of a dot. */
function several(x: number, y: number): SVGElement {
  return svg('path', { class: 'base several', d: `M${x - 6} ${y}L${x} ${y - 7}L${x + 6} ${y}L${x} ${y + 7}Z` });
}

function rect({ x, width }: Bar, middle: number, kind: string): SVGElement {
  return svg('rect', { class: `bar ${kind}`, x: LABELS + x, width, y: middle - BAR / 2, height: BAR });
}

/** When the next base backup is due: a ring. */
function nextRun({ nextRun }: ComponentData, scale: Scale): readonly SVGElement[] {
  const x = nextRun === null ? -1 : positionOf(scale, nextRun[0]);
  return x < 0 || x > scale.width ? [] : [svg('circle', { class: 'next-run', cx: LABELS + x, cy: AXIS + LANE / 2, r: 5 })];
}
