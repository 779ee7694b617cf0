import * as l10n from '@vscode/l10n';
import { diagnoseRepository, type Cause } from '../../kubeblocks/diagnosis';
import type { BackupRepo } from '../../kubeblocks/objects';
import { suspectParameter } from '../../kubeblocks/repositoryCure';
import type { RepositoryPlan } from '../../kubeblocks/repositoryPlan';
import type { RepositoryParameter } from '../../kubeblocks/storageProviderOptions';
import { collectRepositoryEvidence } from '../../operations/collectEvidence';
import { strikeOut } from '../../operations/createRepository';
import { followRepository as follow, type RepositoryOutcome } from '../../operations/followRepository';
import type { App } from '../app';
import type { ErrorAction } from '../commandError';
import type { Operations } from '../connection/operations';
import type { Followed } from '../following/followed';
import type { ObjectRef } from '../objectRef';
import { clip } from '../views/clip';
import { notify } from './notify';
import { reporting } from './reporting';

/** Asks again with the answers kept, beginning at `suspect`, and changes the repository. */
export type RetryRepository = (existing: BackupRepo, suspect: string | undefined) => Promise<void>;

type FollowedRepository = Extract<Followed, { kind: 'repository' }>;

/** What is known of a repository that this window made; after a reload nothing is, as credentials are nowhere remembered. */
export interface MadeHere {
  readonly plan: RepositoryPlan;
  readonly parameters: readonly RepositoryParameter[];
  readonly retry: RetryRepository;
}

/** Shows how a repository's check goes until it ends, after a reload of the window too. Stopping to wait leaves it alone. */
export async function followRepository(app: App, operations: Operations, repository: FollowedRepository, made: MadeHere | { readonly how: 'resumed' }): Promise<void> {
  const { name, uid } = repository;
  const before = 'plan' in made ? made.plan.existing : undefined;
  const outcome = await app.followed.during(repository, () =>
    app.views.withProgress(l10n.t('Check of repository {0} (“Cancel” only stops waiting)', name), (report, signal) =>
      follow(operations, { metadata: { name, ...(uid === undefined ? {} : { uid }) } }, { ...reporting(report, signal), ...(before === undefined ? {} : { before }) }),
    ),
  );
  if ('how' in made && outcome.kind === 'deleted') {
    app.log.info(`repository ${name} is gone since the window was reloaded`);
  } else {
    await tellOutcome(app, operations, name, outcome, 'plan' in made ? made : undefined);
  }
}

async function tellOutcome(app: App, operations: Operations, name: string, outcome: RepositoryOutcome, made: MadeHere | undefined): Promise<void> {
  const ref: ObjectRef = { kind: 'backupRepo', name };
  const show: ErrorAction = { label: l10n.t('Show'), command: 'kubeblocksBackup.revealInTree', arguments: [ref] };
  switch (outcome.kind) {
    case 'ready':
      notify(app, 'info', l10n.t('Repository {0} is ready.', name), [show]);
      return;
    case 'failed':
      tellFailure(app, ref, outcome.repo, diagnoseRepository(outcome.repo, await collectRepositoryEvidence(operations, outcome.repo)), made);
      return;
    case 'deleted':
      notify(app, 'warning', l10n.t('Repository {0} was deleted before its check ended. Nothing is left to do here.', name), []);
      return;
    case 'stoppedWaiting':
      notify(app, 'info', l10n.t('Nobody waits for repository {0} any more; its check goes on in the cluster.', name), [show]);
  }
}

/** The likeliest cause, its line in the pre-check's log, and what to do. */
function tellFailure(app: App, ref: ObjectRef, repo: BackupRepo, causes: readonly Cause[], made: MadeHere | undefined): void {
  const [cause] = causes;
  const said = strikeOut(clip(cause?.evidence[0]?.text ?? '', 160), made?.plan.secret);
  const message = l10n.t('Repository {0} failed its check: {1} {2} ({3})', repo.metadata.name, cause?.title ?? '', cause?.todo[0] ?? '', said);
  const diagnose: ErrorAction = { label: l10n.t('Diagnose'), command: 'kubeblocksBackup.diagnose', arguments: [ref] };
  const suspect = suspectParameter(causes, made?.parameters ?? []);
  const retry: readonly ErrorAction[] = made === undefined ? [] : [{ label: l10n.t('Change and Try Again'), run: () => made.retry(repo, suspect) }];
  notify(app, 'error', message, [...retry, diagnose]);
}
