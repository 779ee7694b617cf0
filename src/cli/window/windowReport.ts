import * as l10n from '@vscode/l10n';
import type { ClusterEntry } from '../../kubeblocks/clusterIndex';
import { soonestCut } from '../../kubeblocks/windowCut';
import type { ClusterWindow, ComponentWindow, Stretch } from '../../kubeblocks/clusterWindow';
import { clockSkewText, rfc3339, type TimeContext } from '../../kubeblocks/timeText';
import { cutText, noteText, stretchKindText, stretchText } from '../../kubeblocks/windowText';

const UTC = 'UTC';

export interface ReportedWindow {
  readonly entry: ClusterEntry;
  readonly window: ClusterWindow;
  /** Context, or the dump's name. */
  readonly source: string;
}

/** The window for programs: one JSON object. */
export function windowJson({ entry, window, source }: ReportedWindow): string {
  const rows = window.components.flatMap(({ component, stretches }) => stretches.map((stretch) => ({ kind: stretch.kind, row: rowOf(component, stretch) })));
  const of = (kind: Stretch['kind']): readonly unknown[] => rows.filter((each) => each.kind === kind).map(({ row }) => row);
  const cut = soonestCut(window);
  const report = {
    cluster: entry.name,
    namespace: entry.namespace,
    source,
    now: rfc3339(window.now),
    segments: of('recoverable'),
    unreachable: of('unreachable'),
    unknown: of('unknown'),
    cut: cut === undefined ? null : { at: rfc3339(cut.at), why: cutText(cut, timeOf(window)) },
    notes: window.components.flatMap(({ notes }) => notes.map(noteText)),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function rowOf(component: string | undefined, stretch: Stretch): object {
  return {
    start: rfc3339(stretch.from),
    end: rfc3339(stretch.to),
    why: stretchText(stretch),
    component: component ?? null,
    log: stretch.log.metadata.name,
    base: 'base' in stretch ? (stretch.base?.metadata.name ?? null) : null,
  };
}

/** The window for people: recoverable neighbours are one line. */
export function windowText({ entry, window, source }: ReportedWindow, here: number): string {
  const skew = clockSkewText({ ...timeOf(window), here });
  const lines = [
    l10n.t('{0} in {1} ({2}), {3}', entry.name, entry.namespace, source, rfc3339(window.now)),
    ...(window.components.length === 0 ? [l10n.t('There is no log backup, so only the backup sets themselves can be restored, not an instant between them.')] : []),
    ...window.components.flatMap((component) => ['', ...componentLines(component, timeOf(window))]),
    ...(skew === undefined ? [] : ['', l10n.t('Note: {0}.', skew)]),
  ];
  return `${lines.join('\n')}\n`;
}

function componentLines({ component, stretches, notes, cut }: ComponentWindow, time: TimeContext): readonly string[] {
  return [
    ...(component === undefined ? [] : [`${component}:`]),
    ...(stretches.length === 0 ? [`  ${l10n.t('no instant is known')}`] : joined(stretches).map(({ from, to, kind, why }) => `  ${rfc3339(from)}  ${rfc3339(to)}  ${stretchKindText(kind).padEnd(17)}  ${why}`)),
    ...(cut === undefined ? [] : [`  ${cutText(cut, time)}`]),
    ...notes.map((note) => `  ${l10n.t('Note: {0}', noteText(note))}`),
  ];
}

interface Line {
  readonly from: number;
  readonly to: number;
  readonly kind: Stretch['kind'];
  readonly why: string;
}

function joined(stretches: readonly Stretch[]): readonly Line[] {
  const lines: (Line & { readonly count: number })[] = [];
  for (const stretch of stretches) {
    const { from, to, kind } = stretch;
    const last = lines.at(-1);
    const why = stretchText(stretch);
    if (last !== undefined && kind === 'recoverable' && last.kind === kind && last.to + 1000 === from) {
      lines[lines.length - 1] = { ...last, to, count: last.count + 1, why: l10n.t('{0} (and {1} earlier)', why, last.count) };
    } else {
      lines.push({ from, to, kind, why, count: 1 });
    }
  }
  return lines;
}

function timeOf({ now }: ClusterWindow): TimeContext {
  return { now, timeZone: UTC };
}
