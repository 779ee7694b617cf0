import * as l10n from '@vscode/l10n';
import { groupOf, isKubeBlocksGroup, type Dialect } from '../dialect';
import type { ManifestDocument } from '../manifestDocument';
import type { ManifestFinding } from '../manifestFinding';
import { nodeAt, spanOf } from '../manifestPath';
import type { YamlNode } from '../yaml/node';

/** What keeps a document from being an object at all, where it is plain that it was to be one of KubeBlocks': no API server takes it. */
export function checkHead(document: ManifestDocument, dialect: Dialect): readonly ManifestFinding[] {
  const { root, objects, isTemplate } = document;
  if (objects.length > 0 || isTemplate || root?.type !== 'map') return [];
  const apiVersion = textOf(nodeAt(root, ['apiVersion']));
  const kind = textOf(nodeAt(root, ['kind']));
  if (apiVersion !== undefined && kind === undefined && isKubeBlocksGroup(groupOf(apiVersion))) {
    return [missing(document, 'kind', 'apiVersion', l10n.t('kind is missing, or no text: the API server refuses a manifest that does not say what it is.'))];
  }
  if (kind !== undefined && apiVersion === undefined && ['apiVersion', 'metadata', 'spec'].some((key) => nodeAt(root, [key]) !== undefined) && isOfKubeBlocks(kind, dialect)) {
    return [missing(document, 'apiVersion', 'kind', l10n.t('apiVersion is missing, or no text: the API server refuses a manifest that does not say what it is. {0} is of {1}.', kind, dialect.versionsOf(kind)[0] ?? ''))];
  }
  return [];
}

function isOfKubeBlocks(kind: string, dialect: Dialect): boolean {
  return dialect.versionsOf(kind).some((version) => isKubeBlocksGroup(groupOf(version)));
}

/** Stands at the key itself, else at the other one. */
function missing(document: ManifestDocument, key: string, other: string, message: string): ManifestFinding {
  const { root } = document;
  const span = spanOf(root, [nodeAt(root, [key]) === undefined ? other : key], 'key');
  return { code: 'schema/missing-field', source: 'schema', severity: 'error', message, place: { kind: 'span', document, span } };
}

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string' && node.value !== '' ? node.value : undefined;
}
