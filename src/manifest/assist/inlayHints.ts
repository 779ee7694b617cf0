import * as l10n from '@vscode/l10n';
import { isCronError, nextRun, parseCron } from '../../kubeblocks/cron';
import { untilText } from '../../kubeblocks/timeText';
import { groupOf, isKubeBlocksGroup } from '../dialect';
import type { ManifestFile } from '../manifestFile';
import type { ManifestObject } from '../manifestObject';
import type { Path } from '../manifestPath';
import { entryOf, type Span, type YamlNode } from '../yaml/node';
import type { AssistContext } from './assistContext';
import { isCronField, isRetentionField, retentionWords } from './timeValues';

export interface InlayHint {
  /** In the file, right behind the value. */
  readonly offset: number;
  readonly text: string;
}

/** When a schedule runs next, and how long a retention is, for the documents that touch a range. */
export function inlayHints(file: ManifestFile, range: Span, context: Pick<AssistContext, 'nowMs' | 'timeZone'>): readonly InlayHint[] {
  return file.documents
    .filter(({ document, start }) => start <= range.end && start + document.text.length >= range.start)
    .flatMap(({ document, start }) => document.objects.filter(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion))).flatMap((object) => hintsOf(object, start, context)))
    .filter(({ offset }) => offset >= range.start && offset <= range.end);
}

function hintsOf(object: ManifestObject, start: number, context: Pick<AssistContext, 'nowMs' | 'timeZone'>): readonly InlayHint[] {
  const spec = entryOf(object.root, 'spec')?.value;
  const hints: InlayHint[] = [];
  const walk = (node: YamlNode, path: Path): void => {
    if (node.type === 'list') node.items.forEach((item, index) => walk(item, [...path, index]));
    else if (node.type === 'map') node.entries.forEach(({ key, value, merged }) => merged !== true && walk(value, [...path, key]));
    else {
      const text = typeof node.value === 'string' && node.value !== '' ? hintText(node.value, path, context) : undefined;
      if (text !== undefined) hints.push({ offset: node.end + start, text });
    }
  };
  if (spec !== undefined) walk(spec, ['spec']);
  return hints;
}

function hintText(value: string, path: Path, { nowMs, timeZone }: Pick<AssistContext, 'nowMs' | 'timeZone'>): string | undefined {
  if (isRetentionField(path)) return retentionWords(value);
  if (!isCronField(path)) return undefined;
  const schedule = parseCron(value);
  const next = isCronError(schedule) ? undefined : nextRun(schedule, nowMs);
  return next === undefined ? undefined : l10n.t('next {0}', untilText(next, { now: nowMs, timeZone }));
}
