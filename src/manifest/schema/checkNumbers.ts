import * as l10n from '@vscode/l10n';
import type { Path } from '../manifestPath';
import type { YamlNode } from '../yaml/node';
import type { Report } from './schemaFault';

/** JSON, which every manifest becomes on its way, knows no `.inf` and no `.nan`, whatever the schema lets be. */
export function checkNumbers(node: YamlNode, path: Path, report: Report): void {
  if (node.type === 'map') {
    for (const { key, value } of node.entries) checkNumbers(value, [...path, key], report);
  } else if (node.type === 'list') {
    node.items.forEach((item, index) => checkNumbers(item, [...path, index], report));
  } else if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
    report({ code: 'schema/type', path, part: 'value', message: l10n.t('{0} cannot be sent to an API server, because JSON has no such number. Quote the value if it is text.', String(node.value)) });
  }
}
