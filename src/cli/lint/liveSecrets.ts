import * as l10n from '@vscode/l10n';
import { secretsNamedIn } from '../../manifest/assist/secretsNamedIn';
import type { FactSource } from '../../manifest/facts/facts';
import type { ManifestFile } from '../../manifest/manifestFile';
import { MOST_SECRETS, NamedSecrets } from '../../manifest/session/namedSecrets';
import type { LiveCluster } from './liveCluster';

/** What a cluster has of the Secrets that files name and do not hold, and in a sentence each what it would not say. */
export async function liveSecrets(files: Iterable<ManifestFile>, { secrets: reader, inventory: { context } }: LiveCluster): Promise<{ readonly facts: readonly FactSource[]; readonly gaps: readonly string[] }> {
  const gaps: string[] = [];
  const named = secretsNamedIn([...files].flatMap(({ documents }) => documents.flatMap(({ document }) => document.objects)));
  const secrets = new NamedSecrets({ reader: () => reader, now: () => 0, logger: { debug: (message) => gaps.push(`${context}: ${message}`) } });
  await secrets.want(named);
  for (const { namespace, name } of secrets.forbidden) gaps.push(l10n.t('{0}: you may not get Secret {1} in {2}. Whether it is there, and its keys, is not judged; ask for the right to get secrets.', context, name, namespace));
  if (named.length > MOST_SECRETS) gaps.push(l10n.t('{0}: {1} Secrets are named, and only the first {2} were looked up. Lint fewer files at once.', context, named.length, MOST_SECRETS));
  return { facts: secrets.source === undefined ? [] : [secrets.source], gaps };
}
