import * as l10n from '@vscode/l10n';
import { hasErrors } from '../../kubeblocks/finding';
import { isStarted, restore } from '../../operations/restore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Operations } from '../connection/operations';
import type { OpenPlan } from '../restorePlans/openPlans';
import { followRestore, followedRestore } from './followRestore';
import { changesBetween, makeRestorePlan, planText, type MadePlan } from './makeRestorePlan';
import type { Follow } from './review';

/** Starts the plan as it was read, once however often and from however many windows it is asked for. Rejects with an `AppError`. */
export async function startPlan(app: App, operations: Operations, { plan, hash }: MadePlan): Promise<Follow> {
  await restore(operations.submissions, plan, hash);
  return () => followStarted(app, operations, plan);
}

/** The plan as it is now, where it is not the one that was read; undefined where it is, or was started already. */
export async function renewedPlan(app: App, operations: Operations, { made, draft }: Pick<OpenPlan, 'made' | 'draft'>, signal?: AbortSignal): Promise<{ readonly made: MadePlan; readonly why: string } | undefined> {
  if (await isStarted(operations, made.plan, made.hash, signal)) {
    return undefined;
  }
  const now = await makeRestorePlan(app, operations, draft, signal);
  return now === undefined || now.hash === made.hash ? undefined : { made: now, why: changesBetween(made, now).join(' ') };
}

/** Starts a plan from its document: only if it is still true, and nothing forbids it. */
export async function startOpenPlan(app: App, operations: Operations, open: OpenPlan): Promise<Follow> {
  if (await isStarted(operations, open.made.plan, open.made.hash)) {
    return () => followStarted(app, operations, open.made.plan);
  }
  const renewed = await renewedPlan(app, operations, open);
  if (renewed !== undefined) {
    app.restorePlans.keep({ ...open, made: renewed.made });
    await app.documents.preview(open.document, await planText(app, open.context, renewed.made, undefined));
    throw new CommandError(l10n.t('The restore was not started: the plan has changed since it was shown. {0} It is shown anew; look at it, and start it then.', renewed.why));
  }
  const { findings, target } = open.made.plan;
  if (hasErrors(findings)) {
    const why = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new CommandError(l10n.t('The restore into {0} was not started: {1}', target.name, why.join(' ')));
  }
  return app.contextRules.change(open.context, () => startPlan(app, operations, open.made));
}

/** One progress item a restore. */
async function followStarted(app: App, operations: Operations, plan: MadePlan['plan']): Promise<void> {
  const followed = followedRestore(operations.session.context, plan);
  if (!app.followed.isUnderway(followed)) {
    await followRestore(app, operations, followed);
  }
}
