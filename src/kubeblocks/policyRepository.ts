import * as l10n from '@vscode/l10n';
import { backupState } from './backupState';
import type { ClusterEntry } from './clusterIndex';
import type { PlanFinding } from './finding';
import { guard } from './guard';
import { objectKey, type Inventory } from './inventory';
import { KINDS } from './kinds';
import { resourceOnLine } from './kindsOfLine';
import { typeOf } from './lineage';
import type { BackupPolicy, Cluster, KubeObject } from './objects';
import { repositoryOfCluster } from './policyPlace';
import { defaultRepository, repositoryOf, repositoryState, repositoryStateWords } from './repositoryState';
import type { Resource } from './resource';

/** Where a policy's backups go from now on. */
export interface PolicyRepositoryPlan {
  /** What is written: a Cluster that names a repository overwrites its policies with it. */
  readonly place: 'cluster' | 'policy';
  readonly change: { readonly resource: Resource; readonly object: BackupPolicy | Cluster; readonly patch: (live: KubeObject) => object };
  readonly findings: readonly PlanFinding[];
}

/** `repository` undefined: the default one. */
export function planPolicyRepository(inventory: Inventory, entry: ClusterEntry, policy: BackupPolicy, repository: string | undefined): PolicyRepositoryPlan {
  const { cluster } = entry;
  const ofCluster = repositoryOfCluster(cluster);
  const governing = ofCluster === undefined ? undefined : cluster;
  return {
    place: governing === undefined ? 'policy' : 'cluster',
    change: governing === undefined ? policyChange(policy, repository) : clusterChange(inventory, governing, repository),
    findings: [
      ...targetFindings(inventory, entry, policy, { repository, ofCluster }),
      ...(governing === undefined ? [] : reachFindings(entry, policy)),
      ...chainFindings(inventory, policy, repository),
    ],
  };
}

function policyChange(policy: BackupPolicy, repository: string | undefined): PolicyRepositoryPlan['change'] {
  const spec = Object.fromEntries(Object.entries(policy.spec ?? {}).filter(([key]) => key !== 'backupRepoName'));
  return {
    resource: KINDS.backupPolicy,
    object: { ...policy, spec: { ...spec, ...(repository === undefined ? {} : { backupRepoName: repository }) } },
    patch: (live) => ({ ...guard(live), spec: { backupRepoName: repository ?? null } }),
  };
}

function clusterChange({ line }: Inventory, cluster: Cluster, repository: string | undefined): PolicyRepositoryPlan['change'] {
  const repoName = repository ?? '';
  return {
    resource: line === undefined ? KINDS.cluster : resourceOnLine('cluster', line),
    object: { ...cluster, spec: { ...cluster.spec, backup: { ...cluster.spec?.backup, repoName } } },
    patch: (live) => ({ ...guard(live), spec: { backup: { repoName } } }),
  };
}

interface Target {
  readonly repository: string | undefined;
  readonly ofCluster: string | undefined;
}

function targetFindings(inventory: Inventory, { name }: ClusterEntry, policy: BackupPolicy, { repository, ofCluster }: Target): readonly PlanFinding[] {
  const now = ofCluster ?? policy.spec?.backupRepoName ?? '';
  if (now === (repository ?? '')) {
    return [{ severity: 'error', code: 'unchanged', message: l10n.t('The backups of {0} go there already.', policy.metadata.name) }];
  }
  if (repository === undefined) {
    const message = l10n.t('Cluster {0} names its repository: taken away there, the policies keep the one they have. Name another one instead.', name);
    return ofCluster === undefined ? [] : [{ severity: 'error', code: 'governed', message }];
  }
  const repo = inventory.repos.items.get(objectKey(undefined, repository));
  return repo === undefined || repositoryState(repo) === 'ready' ? [] : [{ severity: 'warning', code: 'repositoryNotReady', message: l10n.t('Repository {0} is {1}: backups fail until it is ready.', repository, repositoryStateWords(repo)) }];
}

/** A Cluster writes its repository into all its policies. */
function reachFindings({ name, policies }: ClusterEntry, policy: BackupPolicy): readonly PlanFinding[] {
  const others = policies.filter(({ metadata }) => metadata.name !== policy.metadata.name).map(({ metadata }) => metadata.name);
  return others.length === 0 ? [] : [{ severity: 'info', code: 'reach', message: l10n.t('It holds for every policy of cluster {0}, for these too: {1}.', name, others.join(', ')) }];
}

function usualRepository(inventory: Inventory): string | undefined {
  const chosen = defaultRepository(inventory);
  return chosen.kind === 'one' ? chosen.repo.metadata.name : undefined;
}

/** `ValidateParentBackup` of `controllers/dataprotection/utils.go`: a parent lies in the same repository. */
function chainFindings(inventory: Inventory, { metadata: { name, namespace } }: BackupPolicy, repository: string | undefined): readonly PlanFinding[] {
  const own = [...inventory.backups.items.values()].filter((backup) => backup.metadata.namespace === namespace && backup.spec?.backupPolicyName === name && backupState(backup) !== 'deleting');
  const isChained = own.some((backup) => typeOf(inventory, backup) === 'Incremental');
  const target = repository ?? usualRepository(inventory);
  const hasBase = target !== undefined && own.some((backup) => typeOf(inventory, backup) === 'Full' && repositoryOf(backup) === target);
  const isLogged = own.some((backup) => typeOf(inventory, backup) === 'Continuous' && backupState(backup) === 'running');
  return [
    ...(isChained && !hasBase ? [{ severity: 'warning', code: 'noBaseThere', message: l10n.t('Incremental backups fail until a full one was made there: they build on nothing in another repository.') } as const] : []),
    ...(isLogged ? [{ severity: 'info', code: 'logStays', message: l10n.t('The log backup stays in the repository it is in as long as its backup set is there, also after it is turned off and on.') } as const] : []),
    { severity: 'info', code: 'copiesStay', message: l10n.t('Backup sets that exist stay where they are.') },
  ];
}
