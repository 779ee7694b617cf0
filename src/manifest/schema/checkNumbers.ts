import * as l10n from '@vscode/l10n';
import { numbersWhere } from '../yaml/numbersWhere';
import type { YamlNode } from '../yaml/node';
import type { Report } from './schemaFault';

/** JSON, which every manifest becomes on its way, knows no `.inf` and no `.nan`, whatever the schema lets be. */
export function checkNumbers(root: YamlNode, report: Report): void {
  for (const { path, value } of numbersWhere(root, (number) => !Number.isFinite(number))) {
    report({ code: 'schema/type', path, part: 'value', message: l10n.t('{0} cannot be sent to an API server, because JSON has no such number. Quote the value if it is text.', String(value)) });
  }
}
