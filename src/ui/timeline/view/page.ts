import * as l10n from '@vscode/l10n';
import { durationText, localAndUtcText, untilText, type TimeContext } from '../../../kubeblocks/timeText';
import type { ComponentData, StretchRow, TimelineData } from '../timelineData';
import { button, html } from './elements';
import type { Chosen } from './model/chosen';

/** What a person can do on the page. */
export interface Actions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly earlier: () => void;
  readonly later: () => void;
  readonly newest: () => void;
  readonly restore: () => void;
  readonly openText: () => void;
  readonly typeTime: (text: string, zone: string) => void;
  readonly chooseComponent: (name: string) => void;
}

/** The parts of the page that change, each made once. */
export class Page {
  readonly title = html('h1');
  readonly subtitle = html('p', { class: 'quiet' });
  readonly components = html('select', { id: 'component' });
  private readonly componentLine = html('p', {}, html('label', { for: 'component' }, l10n.t('Component')), ' ', this.components);
  readonly trouble = html('p', { class: 'trouble', role: 'alert', hidden: '' });
  readonly slider = html('div', { class: 'slider', role: 'slider', tabindex: 0, 'aria-label': l10n.t('Instant to restore to'), 'aria-describedby': 'keys', 'aria-orientation': 'horizontal' });
  private readonly chosenTime = html('p', { class: 'time' });
  private readonly chosenVerdict = html('p', { class: 'verdict' });
  private readonly chosenWhy = html('p', { class: 'why' });
  private readonly restoreButton: HTMLButtonElement;
  readonly timeInput = html('input', { id: 'time', type: 'text', autocomplete: 'off', spellcheck: 'false', size: 24, 'aria-describedby': 'answer' });
  readonly zoneInput = html('input', { id: 'zone', type: 'text', list: 'zones', autocomplete: 'off', spellcheck: 'false', size: 20, 'aria-label': l10n.t('Time zone') });
  readonly answer = html('div', { id: 'answer', class: 'answer', role: 'status' });
  private readonly notes = html('ul', { class: 'notes' });
  private readonly ranges = html('tbody');
  private readonly rangesCaption = html('caption');
  readonly content: HTMLElement;

  constructor(private readonly actions: Actions) {
    this.restoreButton = button(l10n.t('Restore to here…'), actions.restore, { class: 'primary' });
    this.components.addEventListener('change', () => actions.chooseComponent(this.components.value));
    this.content = html(
      'div',
      {},
      this.componentLine,
      this.toolbar(),
      this.slider,
      legend(),
      html('section', { class: 'chosen', 'aria-label': l10n.t('Chosen instant') }, this.chosenTime, this.chosenVerdict, this.chosenWhy, html('p', {}, this.restoreButton)),
      this.timeForm(),
      this.answer,
      this.notes,
      html('table', { class: 'ranges' }, this.rangesCaption, html('thead', {}, html('tr', {}, ...[l10n.t('From'), l10n.t('To'), l10n.t('Length'), l10n.t('What')].map((name) => html('th', { scope: 'col' }, name)))), this.ranges),
      html('p', {}, button(l10n.t('Open as text'), actions.openText)),
      html('p', { id: 'keys', class: 'quiet' }, l10n.t('Keys on the timeline: ← → a second, with Shift a minute, Page Up and Page Down the recovery point before and after, Home and End the first and last instant, + and - zoom, 0 all of it, Alt+← → move the view.')),
    );
  }

  mount(root: HTMLElement): void {
    root.replaceChildren(this.title, this.subtitle, this.trouble, this.content);
  }

  showTrouble(message: string | undefined): void {
    this.trouble.hidden = message === undefined;
    this.trouble.textContent = message ?? '';
  }

  showHead({ cluster, namespace, context, notes, components }: TimelineData, chosen: ComponentData, time: TimeContext): void {
    this.title.textContent = l10n.t('Recovery window of {0}', cluster);
    const next = chosen.nextRun === null ? l10n.t('no next base backup') : l10n.t('next base backup {0} ({1})', untilText(chosen.nextRun[0], time), chosen.nextRun[1]);
    this.subtitle.textContent = [namespace, context, l10n.t('log {0}', chosen.state), next].join(' · ');
    this.componentLine.hidden = components.length < 2;
    this.components.replaceChildren(...components.map(({ name }) => html('option', { value: name, ...(name === chosen.name ? { selected: '' } : {}) }, name)));
    this.notes.replaceChildren(...[...notes, ...chosen.notes].map((note) => html('li', {}, note)));
  }

  showChosen(chosen: Chosen): void {
    this.chosenTime.textContent = chosen.time;
    this.chosenVerdict.textContent = `${SIGNS[chosen.kind]} ${chosen.verdict}`;
    this.chosenVerdict.className = `verdict ${chosen.kind}`;
    this.chosenWhy.textContent = chosen.why;
    this.restoreButton.disabled = chosen.log === undefined;
  }

  /** The last ranges, newest first: neighbours that can be restored are one. */
  showRanges(stretches: readonly StretchRow[], time: TimeContext): void {
    const ranges = newestRanges(stretches);
    this.rangesCaption.textContent = l10n.t('What can be restored, newest first');
    this.ranges.replaceChildren(...ranges.map(({ from, to, what }) => html('tr', {}, ...[localAndUtcText(from, time), localAndUtcText(to, time), durationText(to - from + 1000), what].map((text) => html('td', {}, text)))));
  }

  private toolbar(): HTMLElement {
    const { zoomIn, zoomOut, fit, earlier, later, newest } = this.actions;
    return html(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': l10n.t('View') },
      button(l10n.t('Zoom in'), zoomIn),
      button(l10n.t('Zoom out'), zoomOut),
      button(l10n.t('All'), fit),
      button(l10n.t('Earlier'), earlier),
      button(l10n.t('Later'), later),
      button(l10n.t('Newest instant'), newest),
    );
  }

  private timeForm(): HTMLElement {
    const zones = html('datalist', { id: 'zones' }, ...['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => html('option', { value: zone })));
    const form = html('form', { class: 'type' }, html('label', { for: 'time' }, l10n.t('Type a time')), ' ', this.timeInput, ' ', this.zoneInput, zones, ' ', html('button', { type: 'submit' }, l10n.t('Go')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.actions.typeTime(this.timeInput.value, this.zoneInput.value);
    });
    return form;
  }
}

const SIGNS = { recoverable: '✓', unreachable: '✕', unknown: '?', outside: '✕' } as const;
const MOST_RANGES = 20;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

function newestRanges(stretches: readonly StretchRow[]): readonly Range[] {
  const ranges: (Range & { readonly kind: string })[] = [];
  for (let index = stretches.length - 1; index >= 0; index -= 1) {
    const [from, to, kind, , , , , why] = stretches[index] ?? [0, 0, 'unknown', -1, -1, 0, false, ''];
    const last = ranges.at(-1);
    if (last?.kind === kind && kind === 'recoverable' && last.from === to + 1000) {
      ranges[ranges.length - 1] = { ...last, from };
    } else if (ranges.length === MOST_RANGES) {
      break;
    } else {
      ranges.push({ from, to, kind, what: whatText(kind, why) });
    }
  }
  return ranges;
}

function whatText(kind: StretchRow[2], why: string): string {
  switch (kind) {
    case 'recoverable':
      return l10n.t('can be restored');
    case 'unreachable':
      return l10n.t('cannot be reached: {0}', why);
    case 'unknown':
      return l10n.t('unknown: {0}', why);
  }
}

function legend(): HTMLElement {
  const items = [
    ['recoverable', l10n.t('can be restored')],
    ['unreachable', l10n.t('cannot be reached')],
    ['unknown', l10n.t('unknown')],
    ['base', l10n.t('base backup')],
    ['several', l10n.t('several')],
    ['next-run', l10n.t('next run')],
  ] as const;
  return html('ul', { class: 'legend', 'aria-hidden': 'true' }, ...items.map(([kind, words]) => html('li', {}, html('span', { class: `swatch ${kind}` }), words)));
}
