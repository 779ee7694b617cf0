import * as l10n from '@vscode/l10n';
import { groupOf, type Dialect } from '../dialect';
import type { ManifestObject } from '../manifestObject';
import { nearestName } from '../nearestName';
import type { SchemaFault } from './schemaFault';

/** Groups whose kinds our schemas hold all of; of others an unknown kind may well exist. */
const WHOLE_GROUPS: ReadonlySet<string> = new Set(['dataprotection.kubeblocks.io', 'operations.kubeblocks.io', 'storage.kubeblocks.io']);

/** Kinds that moved between groups or versions from one line to another. */
const MOVED: ReadonlySet<string> = new Set(['Cluster', 'OpsRequest', 'BackupPolicyTemplate', 'StorageProvider']);

/** What is wrong with an apiVersion and kind that this line does not serve; nothing for what it may serve without our knowing. */
export function checkKind({ apiVersion, kind }: ManifestObject, dialect: Dialect): readonly SchemaFault[] {
  const [version] = dialect.versionsOf(kind);
  const group = groupOf(apiVersion);
  if (version !== undefined && (WHOLE_GROUPS.has(group) || WHOLE_GROUPS.has(groupOf(version)) || MOVED.has(kind))) {
    const message = l10n.t('KubeBlocks {0} does not serve {1} in {2}, but in {3}: the API server refuses the manifest.', dialect.line, kind, apiVersion, version);
    return [{ code: 'schema/kind', path: ['apiVersion'], part: 'value', message, changeTo: version }];
  }
  if (!WHOLE_GROUPS.has(group) || kind.endsWith('List')) return [];
  const served = dialect.kinds.filter((each) => groupOf(each.apiVersion) === group).map((each) => each.kind);
  const nearest = nearestName(kind, served);
  const message =
    nearest === undefined
      ? l10n.t('KubeBlocks {0} has no kind {1} in {2}: the API server refuses the manifest.', dialect.line, kind, apiVersion)
      : l10n.t('KubeBlocks {0} has no kind {1} in {2}; did you mean {3}? The API server refuses the manifest.', dialect.line, kind, apiVersion, nearest);
  return [{ code: 'schema/kind', path: ['kind'], part: 'value', message, ...(nearest !== undefined && { changeTo: nearest }) }];
}
