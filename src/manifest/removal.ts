import * as l10n from '@vscode/l10n';
import type { Field } from './field';
import type { Fix } from './fix';
import type { ManifestObject } from './manifestObject';

/** Takes a field away, with what it holds. */
export function removal(object: ManifestObject, field: Field): Fix {
  return { title: l10n.t('Remove {0}', field.key), edits: [{ kind: 'remove', object, path: field.path }] };
}
