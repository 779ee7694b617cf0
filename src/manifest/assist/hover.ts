import * as l10n from '@vscode/l10n';
import type { Fact } from '../facts/facts';
import { originText } from '../facts/originText';
import { placeAt, type ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import type { ManifestObject } from '../manifestObject';
import { nodeAt, spanOf, type Path } from '../manifestPath';
import { spanInFile } from '../place';
import { RULES } from '../rules/registry';
import type { Span } from '../yaml/node';
import type { AssistContext } from './assistContext';
import { paragraph, type DocBlock } from './docBlock';
import { fieldText } from './fieldText';
import { namedMethodText } from './methodValues';
import { readReference } from './objectReferences';
import { objectState } from './objectState';
import { secretOfKey } from './secretValues';
import { surroundingsOf } from './surroundingsOf';
import { textIn } from './textIn';
import { cronText, isCronField, isRetentionField, retentionText } from './timeValues';

export interface Hover {
  /** In the file. */
  readonly range: Span;
  readonly blocks: readonly DocBlock[];
}

/**
 * What is known of the field or value at a cursor.
 * @param findings of the file, for the pages of their rules.
 */
export function hover(file: ManifestFile, offset: number, context: AssistContext, findings: readonly ManifestFinding[] = []): Hover | undefined {
  const at = placeAt(file, offset);
  const start = at === undefined ? undefined : file.startOf(at.document);
  if (at?.object === undefined || start === undefined || at.path.length === 0) return undefined;
  const { object, path, part } = at;
  const span = spanOf(at.document.root, [...object.base, ...path], part);
  if (offset < span.start + start || offset > span.end + start) return undefined;
  const value = part === 'value' && nodeAt(object.root, path)?.type === 'scalar' ? valueText(object, path, file, context) : [];
  const blocks = [...value, ...fieldText(object, path, context), ...rulesAt(offset, file, findings)];
  return blocks.length === 0 ? undefined : { range: { start: span.start + start, end: span.end + start }, blocks };
}

function valueText(object: ManifestObject, path: Path, file: ManifestFile, context: AssistContext): readonly DocBlock[] {
  const text = textIn(object.root, path);
  if (text === undefined) return [];
  if (isCronField(path)) return cronText(text, context);
  if (isRetentionField(path)) return retentionText(text, context);
  const around = surroundingsOf(file, context.facts);
  const reference = readReference(object, path);
  if (reference !== undefined) {
    const fact = around.find(reference.to, reference.namespace, reference.name);
    return fact === undefined ? [] : objectText(fact, context);
  }
  const secret = secretOfKey(object, path, around);
  if (secret !== undefined) return objectText(secret, context);
  return namedMethodText(object, path, text, around, context.dialect.line);
}

function objectText({ object, origin }: Fact, { nowMs, timeZone }: AssistContext): readonly DocBlock[] {
  const state = objectState(object, { now: nowMs, timeZone });
  return [paragraph(l10n.t('{0} {1} {2}', object.kind, object.metadata.name, originText(origin))), ...(state.length > 0 ? [{ kind: 'list', items: state } as const] : [])];
}

function rulesAt(offset: number, file: ManifestFile, findings: readonly ManifestFinding[]): readonly DocBlock[] {
  const codes = new Set(findings.filter(({ place }) => holds(spanInFile(file, place), offset)).map(({ code }) => code));
  return RULES.filter(({ code }) => codes.has(code)).map(({ code, title }) => ({ kind: 'rule', code, title }));
}

function holds(span: Span | undefined, offset: number): boolean {
  return span !== undefined && span.start <= offset && offset <= span.end;
}
