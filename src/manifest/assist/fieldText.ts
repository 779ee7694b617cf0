import * as l10n from '@vscode/l10n';
import type { ManifestObject } from '../manifestObject';
import { pathText, type Path } from '../manifestPath';
import { allowedValues } from './allowedValues';
import type { AssistContext } from './assistContext';
import { paragraph, type DocBlock } from './docBlock';
import { schemaOfField, typeName } from './schemaOfField';

/** What a field means, with its type, default, values, whether it can be changed, and since when it exists. */
export function fieldText({ apiVersion, kind }: ManifestObject, path: Path, { dialect, docs }: AssistContext): readonly DocBlock[] {
  const schema = schemaOfField(dialect, apiVersion, kind, path);
  if (schema === undefined) return [];
  const allowed = allowedValues(schema);
  const text = docs.textOf(kind, path);
  const since = path[0] === 'metadata' ? undefined : docs.sinceOf(kind, path);
  const facts = [
    l10n.t('Type: {0}', typeName(schema)),
    schema.default === undefined ? undefined : l10n.t('Default: {0}', JSON.stringify(schema.default)),
    allowed === undefined ? undefined : l10n.t('Values: {0}', allowed.map(String).join(', ')),
    isImmutable(schema['x-kubernetes-validations']) ? l10n.t('It cannot be changed once it is set.') : undefined,
    since === undefined ? undefined : l10n.t('Since KubeBlocks {0}', since),
  ];
  return [
    { kind: 'code', text: pathText(path), language: 'text' },
    ...(text === undefined ? [] : [paragraph(text)]),
    { kind: 'list', items: facts.filter((fact) => fact !== undefined) },
  ];
}

function isImmutable(rules: readonly { readonly rule: string }[] | undefined): boolean {
  return rules?.some(({ rule }) => /^\s*(?:self == oldSelf|oldSelf == self)\s*$/.test(rule)) === true;
}
