import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import type { ManifestFile } from '../manifestFile';
import type { Span } from '../yaml/node';
import type { AssistContext } from './assistContext';
import type { CompletionItem } from './completionItem';
import { fieldText } from './fieldText';
import { keysAt, type KeySuggestion } from './keysAt';
import { restoreAnnotationItems } from './restoreAnnotationItems';
import { quotedContent, scalarText } from './scalarText';
import { schemaOfField, typeName } from './schemaOfField';
import { snippetsAt } from './snippetsAt';
import type { Suggestion } from './suggestion';
import type { Token } from './tokenAt';
import { typedAt, type Typed } from './typedAt';
import { valuesAt } from './valuesAt';

/** What is right at a cursor and nothing else, the likeliest first. Empty where nothing is known. */
export function complete(file: ManifestFile, offset: number, context: AssistContext): readonly CompletionItem[] {
  const embedded = restoreAnnotationItems(file, offset, context);
  if (embedded !== undefined) return sorted(embedded);
  const meant = typedAt(file, offset);
  const items = meant.flatMap((typed) => (typed.part === 'key' ? keyItems(typed, file, context) : valueItems(typed, file, context)));
  return sorted([...items, ...snippetsAt(file, offset, context)]);
}

function sorted(items: readonly Unsorted[]): readonly CompletionItem[] {
  return items.map((item, index) => ({ ...item, sortText: String(index).padStart(4, '0') }));
}

type Unsorted = Omit<CompletionItem, 'sortText'>;

function keyItems(typed: Typed, file: ManifestFile, context: AssistContext): readonly Unsorted[] {
  const { token, range, object } = typed;
  const needsDash = typed.isNewItem || (object !== undefined && token.isAlone && schemaOfField(context.dialect, object.apiVersion, object.kind, typed.path)?.type === 'array');
  const column = token.column + (needsDash ? 2 : 0);
  return keysAt(typed, file, context).map((suggestion) => ({
    label: suggestion.key,
    kind: 'field',
    range,
    newText: `${needsDash ? '- ' : ''}${keyText(suggestion, token, column)}`,
    isSnippet: false,
    detail: keyDetail(suggestion),
    filterText: suggestion.key,
    resolve: () => (object === undefined ? [] : fieldText(object, suggestion.path, context)),
  }));
}

function keyText({ key, schema }: KeySuggestion, { hasColon, inFlow, quote }: Token, column: number): string {
  const name = quote === undefined ? scalarText(key) : key;
  if (hasColon || quote !== undefined) return name;
  if (inFlow) return `${name}: `;
  const below = ' '.repeat(column + 2);
  if (schema.type === 'array') return `${name}:\n${below}- `;
  return isMap(schema) ? `${name}:\n${below}` : `${name}: `;
}

function isMap({ type, properties, additionalProperties }: StructuralSchema): boolean {
  return type === 'object' || properties !== undefined || typeof additionalProperties === 'object';
}

function keyDetail({ schema, isRequired, detail }: KeySuggestion): string {
  const type = detail ?? typeName(schema);
  return isRequired ? l10n.t('{0}, required', type) : type;
}

function valueItems(typed: Typed, file: ManifestFile, context: AssistContext): readonly Unsorted[] {
  return valuesAt(typed, file, context).map((suggestion) => valueItem(suggestion, typed, typed.range));
}

function valueItem({ value, kind, detail, documentation }: Suggestion, { token }: Typed, range: Span): Unsorted {
  const { quote, isClosed, needsSpace } = token;
  const text = quote === undefined ? scalarText(value) : quotedContent(String(value), quote) + (isClosed ? '' : quote);
  return { label: String(value), kind, range, newText: `${needsSpace ? ' ' : ''}${text}`, isSnippet: false, detail, filterText: needsSpace ? ` ${text}` : text, resolve: documentation ?? (() => []) };
}
