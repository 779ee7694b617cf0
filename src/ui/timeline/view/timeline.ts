import { html } from './elements';
import type { ComponentData, TimelineData } from '../timelineData';
import type { FromPage, PageState, ToPage } from '../timelineMessages';
import { applyUpdate } from '../timelineUpdate';
import { Drawing, LABELS } from './drawing';
import { button } from './elements';
import { chosenAt, newestInstant, oldestInstant, recoveryPoint, spokenText } from './model/chosen';
import { fitting, instantAt, panned, showing, zoomed, type Scale } from './model/scale';
import { readTypedTime } from './model/typedTime';
import { Page } from './page';

export interface TimelineHost {
  readonly send: (message: FromPage) => void;
  readonly keep: (state: PageState) => void;
  /** What was kept before the page was hidden or reloaded. */
  readonly kept: PageState | undefined;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CLOSER = 1.6;
const NARROWEST = 240;

/** The page at work: what it was sent, where the cursor is, what is in sight. */
export class Timeline {
  private data: TimelineData | undefined;
  private receivedAt = 0;
  private componentName: string;
  /** Null follows the newest instant. */
  private chosen: number | null;
  private view: readonly [number, number] | null;
  private readonly drawing = new Drawing();
  private readonly page: Page;
  private frame = 0;
  private width = 0;

  constructor(
    root: HTMLElement,
    private readonly host: TimelineHost,
  ) {
    const { kept } = host;
    this.componentName = kept?.component ?? '';
    this.chosen = kept?.at ?? null;
    this.view = kept?.view ?? null;
    this.page = new Page({
      zoomIn: () => this.zoom(CLOSER, this.at),
      zoomOut: () => this.zoom(1 / CLOSER, this.at),
      fit: () => this.look(null),
      earlier: () => this.pan(-0.5),
      later: () => this.pan(0.5),
      newest: () => this.choose(null),
      restore: () => this.restore(),
      openText: () => host.send({ type: 'openText' }),
      typeTime: (text, zone) => this.typeTime(text, zone),
      chooseComponent: (name) => this.chooseComponent(name),
    });
    this.page.zoneInput.value = kept?.zone ?? '';
    this.page.mount(root);
    this.page.slider.append(this.drawing.element);
    this.listen();
  }

  receive(message: ToPage): void {
    if (message.type === 'trouble') {
      this.page.showTrouble(message.message);
      this.page.content.hidden = this.data === undefined;
      return;
    }
    const data = applyUpdate(this.data, message.update);
    if (data === undefined) {
      // It builds on what this page does not have: ask for all of it.
      this.data = undefined;
      this.host.send({ type: 'ready' });
      return;
    }
    this.data = data;
    this.receivedAt = performance.now();
    this.page.showTrouble(undefined);
    this.page.content.hidden = false;
    if (this.page.zoneInput.value === '') {
      this.page.zoneInput.value = data.timeZone;
    }
    this.drawAll();
  }

  private get component(): ComponentData {
    const { components = [] } = this.data ?? {};
    return components.find(({ name }) => name === this.componentName) ?? components[0] ?? NOTHING;
  }

  /** By the cluster's clock. */
  private get now(): number {
    return (this.data?.now ?? 0) + performance.now() - this.receivedAt;
  }

  private get at(): number {
    return this.chosen ?? newestInstant(this.component) ?? Math.floor(this.now / SECOND) * SECOND;
  }

  private get time(): { readonly now: number; readonly timeZone: string } {
    return { now: this.now, timeZone: this.data?.timeZone ?? 'UTC' };
  }

  private get bounds(): { readonly from: number; readonly to: number } {
    const { stretches, bases, nextRun } = this.component;
    const from = Math.min(stretches[0]?.[0] ?? this.now - MINUTE * 60, bases[0]?.[1] ?? Infinity);
    return { from, to: Math.max(this.now, stretches.at(-1)?.[1] ?? 0, nextRun !== null && nextRun[0] - this.now < (this.now - from) / 2 ? nextRun[0] : 0) };
  }

  private get scale(): Scale {
    const { from, to } = this.bounds;
    return this.view === null ? fitting(from, to, this.width) : { from: this.view[0], to: this.view[1], width: this.width };
  }

  private listen(): void {
    const { slider } = this.page;
    slider.addEventListener('keydown', (event) => this.key(event));
    slider.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    slider.addEventListener('pointerdown', (event) => this.drag(event));
    new ResizeObserver(([entry]) => {
      const width = Math.max(NARROWEST, Math.floor(entry?.contentRect.width ?? 0) - LABELS);
      if (width !== this.width) {
        this.width = width;
        this.drawSoon();
      }
    }).observe(slider);
    setInterval(() => this.tick(), SECOND);
  }

  private tick(): void {
    if (this.data !== undefined && document.visibilityState === 'visible') {
      this.drawing.drawNow(this.scale, this.now);
      this.page.showChosen(chosenAt(this.component, this.at, this.time));
    }
  }

  private drawAll(): void {
    const { data } = this;
    if (data === undefined || this.width === 0) {
      return;
    }
    this.page.showHead(data, this.component, this.time);
    this.page.showRanges(this.component.stretches, this.time);
    this.draw();
    this.host.send({ type: 'drawn', label: spokenText(chosenAt(this.component, this.at, this.time)) });
  }

  /** At most once a frame. */
  private drawSoon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.drawAll());
  }

  private draw(): void {
    this.drawing.draw({ component: this.component, scale: this.scale, now: this.now, timeZone: this.time.timeZone });
    this.drawCursor();
  }

  private drawCursor(): void {
    const chosen = chosenAt(this.component, this.at, this.time);
    this.drawing.drawCursor(this.scale, this.at, this.time.timeZone);
    this.page.showChosen(chosen);
    const { from, to } = this.bounds;
    const { slider } = this.page;
    slider.setAttribute('aria-valuemin', String(Math.floor(from / SECOND)));
    slider.setAttribute('aria-valuemax', String(Math.floor(to / SECOND)));
    slider.setAttribute('aria-valuenow', String(Math.floor(this.at / SECOND)));
    slider.setAttribute('aria-valuetext', spokenText(chosen));
  }

  /** Moves the cursor; what is in sight follows it. */
  private choose(at: number | null): void {
    this.chosen = at;
    const before = this.scale;
    const scale = showing(before, this.at);
    if (scale === before) {
      this.drawCursor();
    } else {
      this.view = [scale.from, scale.to];
      this.draw();
    }
    this.keep();
  }

  private look(scale: Scale | null): void {
    this.view = scale === null ? null : [scale.from, scale.to];
    this.draw();
    this.keep();
  }

  private zoom(factor: number, around: number): void {
    this.look(zoomed(this.scale, factor, around, this.bounds));
  }

  private pan(share: number): void {
    this.look(panned(this.scale, share));
  }

  private key(event: KeyboardEvent): void {
    const act = event.altKey ? MOVES[event.key] : event.ctrlKey || event.metaKey ? undefined : this.stepOf(event);
    if (typeof act === 'number') {
      this.pan(act);
    } else if (act !== undefined) {
      act();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private stepOf({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
    const step = shiftKey ? MINUTE : SECOND;
    const { component, at } = this;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowDown':
        return () => this.choose(at - step);
      case 'ArrowRight':
      case 'ArrowUp':
        return () => this.choose(at + step);
      case 'PageUp':
        return () => this.choose(recoveryPoint(component, at, -1) ?? at);
      case 'PageDown':
        return () => this.choose(recoveryPoint(component, at, 1) ?? at);
      case 'Home':
        return () => this.choose(oldestInstant(component) ?? at);
      case 'End':
        return () => this.choose(null);
      case '+':
      case '=':
        return () => this.zoom(CLOSER, at);
      case '-':
        return () => this.zoom(1 / CLOSER, at);
      case '0':
        return () => this.look(null);
      default:
        return undefined;
    }
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.pan((event.deltaX + (event.shiftKey ? event.deltaY : 0)) / Math.max(1, this.width));
    } else {
      this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.instantUnder(event));
    }
  }

  /** A click chooses an instant; dragging moves the view. */
  private drag(start: PointerEvent): void {
    const { slider } = this.page;
    const scale = this.scale;
    const ending = new AbortController();
    let moved = false;
    slider.setPointerCapture(start.pointerId);
    slider.addEventListener(
      'pointermove',
      (event) => {
        moved ||= Math.abs(event.clientX - start.clientX) > 4;
        if (moved) this.look(panned(scale, (start.clientX - event.clientX) / Math.max(1, this.width)));
      },
      { signal: ending.signal },
    );
    const end = (event: PointerEvent): void => {
      ending.abort();
      if (!moved && event.type === 'pointerup') this.choose(this.instantUnder(event));
    };
    slider.addEventListener('pointerup', end, { signal: ending.signal });
    slider.addEventListener('pointercancel', end, { signal: ending.signal });
  }

  private instantUnder({ clientX }: MouseEvent): number {
    return instantAt(this.scale, clientX - this.page.slider.getBoundingClientRect().left - LABELS);
  }

  private typeTime(text: string, zone: string): void {
    const typed = readTypedTime(text, zone.trim() === '' ? this.time.timeZone : zone.trim(), this.now);
    const { answer } = this.page;
    switch (typed.kind) {
      case 'instant':
        answer.replaceChildren();
        this.choose(typed.at);
        return;
      case 'invalid':
        answer.replaceChildren(html('p', { class: 'trouble' }, typed.message));
        return;
      case 'question': {
        const choices = typed.choices.map(({ at, label }) =>
          button(label, () => {
            answer.replaceChildren();
            this.choose(at);
            this.page.slider.focus();
          }),
        );
        answer.replaceChildren(html('p', {}, typed.message), html('p', { class: 'choices' }, ...choices));
        choices[0]?.focus();
      }
    }
  }

  private chooseComponent(name: string): void {
    this.componentName = name;
    this.chosen = null;
    this.view = null;
    this.drawAll();
    this.keep();
  }

  private restore(): void {
    const { log } = chosenAt(this.component, this.at, this.time);
    if (log !== undefined) {
      this.host.send({ type: 'restore', log, at: this.at });
    }
  }

  private keep(): void {
    if (this.data !== undefined) {
      const { ref, context } = this.data;
      this.host.keep({ ref, context, component: this.componentName, at: this.chosen, view: this.view, zone: this.page.zoneInput.value });
    }
  }
}

const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -0.1, ArrowRight: 0.1 };
const NOTHING: ComponentData = { name: '', state: '', notes: [], nextRun: null, logs: [], targets: [], bases: [], stretches: [] };
