import * as l10n from '@vscode/l10n';
import type { PlanFinding } from './finding';
import { objectKey, type Inventory } from './inventory';
import type { BackupRepo } from './objects';
import { SECRET, type RepositoryPlan } from './repositoryPlan';
import { apiVersionOf } from './resource';
import { repositoryParameterProblem, repositoryParameters, type RepositoryParameter } from './storageProviderOptions';

/** The credentials that a repository's provider declares; none where the provider is not known. */
export function credentialsOf({ storageProviders }: Inventory, { spec }: BackupRepo): readonly RepositoryParameter[] {
  return repositoryParameters(storageProviders.items.get(objectKey(undefined, spec?.storageProviderRef ?? ''))).filter(({ secret }) => secret);
}

/** Why the credentials of a repository cannot be changed, as a sentence; undefined where they can. */
export function rotationProblem(inventory: Inventory, repo: BackupRepo): string | undefined {
  const { name } = repo.metadata;
  if ((repo.spec?.credential?.name ?? '') === '') {
    return l10n.t('Repository {0} names no Secret: it has no credentials that could be changed.', name);
  }
  return credentialsOf(inventory, repo).length === 0 ? l10n.t('Storage provider {0} declares no credentials, or is not there: change Secret {1} by hand.', repo.spec?.storageProviderRef ?? '', repo.spec?.credential?.name ?? '') : undefined;
}

/** New values for the Secret of a repository; one left empty stays as it is. The repository itself is not written. */
export function planRotation(inventory: Inventory, repo: BackupRepo, values: Readonly<Record<string, string>>): RepositoryPlan {
  const { name = '', namespace = '' } = repo.spec?.credential ?? {};
  const parameters = credentialsOf(inventory, repo);
  const given = parameters.flatMap((parameter) => {
    const text = Object.hasOwn(values, parameter.name) ? (values[parameter.name] ?? '') : '';
    return text === '' ? [] : [{ parameter, text }];
  });
  const stringData = Object.fromEntries(given.map(({ parameter, text }) => [parameter.name, text]));
  const problem = rotationProblem(inventory, repo);
  return {
    repo,
    existing: repo,
    secret: { apiVersion: apiVersionOf(SECRET), kind: SECRET.kind, metadata: { name, namespace }, type: 'Opaque', stringData },
    findings: [
      ...(problem === undefined ? [] : [error(problem)]),
      ...(given.length === 0 ? [error(l10n.t('No credential was typed: nothing would change.'))] : []),
      ...given.flatMap(({ parameter, text }) => errorsOf(parameter, text)),
      ...sharedFindings(inventory, repo),
    ],
  };
}

function error(message: string): PlanFinding {
  return { severity: 'error', code: 'credential', message };
}

function errorsOf(parameter: RepositoryParameter, text: string): readonly PlanFinding[] {
  const problem = repositoryParameterProblem(parameter, text);
  return problem === undefined ? [] : [error(`${parameter.name}: ${problem}`)];
}

/** Whoever else takes the credentials from that Secret gets the new ones, too. */
function sharedFindings({ repos }: Inventory, repo: BackupRepo): readonly PlanFinding[] {
  const { name, namespace } = repo.spec?.credential ?? {};
  const others = [...repos.items.values()].filter(({ metadata, spec }) => metadata.name !== repo.metadata.name && spec?.credential?.name === name && spec?.credential?.namespace === namespace);
  const message = l10n.t('These repositories take their credentials from the same Secret, and get the new ones: {0}.', others.map(({ metadata }) => metadata.name).join(', '));
  return others.length === 0 || name === undefined ? [] : [{ severity: 'warning', code: 'sharedSecret', message }];
}
