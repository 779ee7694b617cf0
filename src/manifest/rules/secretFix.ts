import * as l10n from '@vscode/l10n';
import type { Fix } from '../fix';

/** Writes the Secret that is missing into a document of its own, with a placeholder under each key: what belongs there is nobody's here to know. */
export function secretFix(name: string, namespace: string | undefined, keys: readonly string[]): Fix {
  const stringData = Object.fromEntries(keys.map((key) => [key, `<${key}>`]));
  const value = { apiVersion: 'v1', kind: 'Secret', metadata: { name, ...(namespace !== undefined && { namespace }) }, stringData };
  return { title: l10n.t('Write Secret {0} with placeholders', name), edits: [{ kind: 'addDocument', value }] };
}
