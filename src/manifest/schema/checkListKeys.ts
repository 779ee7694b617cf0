import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { nodeValue } from '../nodeValue';
import type { Path } from '../manifestPath';
import { entryOf, type ListNode, type YamlNode } from '../yaml/node';
import type { Report } from './schemaFault';

/** Lists of type map refuse two items with the same key, lists of type set two that are equal. */
export function checkListKeys(list: ListNode, schema: StructuralSchema, path: Path, report: Report): void {
  const keys = schema['x-kubernetes-list-map-keys'];
  const isSet = schema['x-kubernetes-list-type'] === 'set' || schema.uniqueItems === true;
  if (keys === undefined && !isSet) return;
  const seen = new Set<string>();
  for (const [index, item] of list.items.entries()) {
    if (keys !== undefined && item.type !== 'map') continue;
    const value = keys === undefined ? nodeValue(item) : keys.map((key) => keyValue(item, key, schema.items));
    const text = JSON.stringify(value);
    if (seen.has(text)) {
      const [key] = keys ?? [];
      const shown = (Array.isArray(value) ? value : [value]).map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(', ');
      report({
        code: 'schema/duplicate',
        path: key === undefined ? [...path, index] : [...path, index, key],
        part: 'value',
        message: l10n.t('{0} is in this list already: the API server refuses two items with the same {1}.', shown, keys?.join(', ') ?? l10n.t('value')),
      });
    }
    seen.add(text);
  }
}

function keyValue(item: YamlNode, key: string, schema: StructuralSchema | undefined): unknown {
  const value = item.type === 'map' ? entryOf(item, key)?.value : undefined;
  const plain = value === undefined ? null : nodeValue(value);
  return plain ?? schema?.properties?.[key]?.default ?? null;
}
