import * as l10n from '@vscode/l10n';
import { hasErrors } from '../../kubeblocks/finding';
import { isStarted, restore } from '../../operations/restore';
import type { App } from '../app';
import { CommandError } from '../commandError';
import type { Operations } from '../connection/operations';
import type { OpenPlan } from '../restorePlans/openPlans';
import type { MadePlan } from '../restorePlans/planKind';
import type { Follow } from './review';

/** Starts the plan as it was read, once however often and from however many windows it is asked for. Rejects with an `AppError`. */
export async function startPlan(app: App, operations: Operations, open: OpenPlan): Promise<Follow> {
  await restore(operations.submissions, open.made.plan, open.made.hash);
  app.restorePlans.forget(open.document);
  return () => followStarted(app, operations, open);
}

/** The plan as it is now, where it is not the one that was read; undefined where it is, or was started already. */
export async function renewedPlan(operations: Operations, open: OpenPlan, signal?: AbortSignal): Promise<{ readonly open: OpenPlan; readonly why: string } | undefined> {
  const { plan, hash } = open.made;
  if (await isStarted(operations, plan, hash, signal)) {
    return undefined;
  }
  const now = await open.again(signal);
  return now === undefined || now.made.hash === hash ? undefined : { open: now, why: changesBetween(open.made, now.made).join(' ') };
}

/** Starts a plan from its document: only if it is still true, and nothing forbids it. */
export async function startOpenPlan(app: App, operations: Operations, open: OpenPlan): Promise<Follow> {
  const { plan, hash } = open.made;
  if (await isStarted(operations, plan, hash)) {
    app.restorePlans.forget(open.document);
    return () => followStarted(app, operations, open);
  }
  const renewed = await renewedPlan(operations, open);
  if (renewed !== undefined) {
    app.restorePlans.keep(renewed.open);
    await app.documents.preview(renewed.open.document, await renewed.open.text());
    throw new CommandError(l10n.t('The restore was not started: the plan has changed since it was shown. {0} It is shown anew; look at it, and start it then.', renewed.why));
  }
  if (hasErrors(plan.findings)) {
    const why = plan.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    throw new CommandError(l10n.t('The restore into {0} was not started: {1}', plan.target.name, why.join(' ')));
  }
  return app.contextRules.change(open.context, () => startPlan(app, operations, open));
}

/** What differs between the plan that was read and the one that is true now, as sentences. */
function changesBetween(before: MadePlan, now: MadePlan): readonly string[] {
  const known = new Set(before.plan.findings.map(({ code, severity }) => `${severity} ${code}`));
  const found = now.plan.findings.filter(({ code, severity }) => !known.has(`${severity} ${code}`)).map(({ message }) => message);
  return found.length > 0 ? found : [l10n.t('What it reads or creates is not what it was.')];
}

/** One progress item a restore. */
async function followStarted(app: App, operations: Operations, open: OpenPlan): Promise<void> {
  if (!app.followed.isUnderway(open.followed)) {
    await open.follow(app, operations);
  }
}
