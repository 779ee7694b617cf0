import * as l10n from '@vscode/l10n';
import type { PlannedRestore } from '../../kubeblocks/plannedRestore';
import { tryRestore } from '../../operations/restore';
import type { App } from '../app';
import { mapAnswer, type Answer, type Position } from '../prompts/prompts';
import { runSteps, type Step } from '../prompts/steps';
import { openPlan } from '../restorePlans/openPlan';
import type { OpenPlan } from '../restorePlans/openPlans';
import type { PlanKind } from '../restorePlans/planKind';
import { exportPlan } from './exportRestorePlan';
import { requireOperations } from './requireOperations';
import { accepted, review, type Follow, type Renewed } from './review';
import { renewedPlan, startPlan } from './startRestore';

/** The last question of a restore: makes the plan of what was answered, shows it, and starts it on the person's word. */
export function planStep<D extends object, P extends PlannedRestore>(app: App, kind: PlanKind<D, P>, context: string, onCreated: (follow: Follow) => void): Step<D> {
  let kept: Partial<D> = {};
  return async (answered, position) => {
    let draft: D = { ...answered, ...kept };
    const title = kind.title(draft);
    const making = await app.prompts.busy({ title, placeholder: l10n.t('Making the plan…'), position }, async (signal) => {
      const made = await kind.make(app, requireOperations(app, context), draft, signal);
      const onChange = (changed: D): void => {
        draft = changed;
        kept = kind.kept(changed);
      };
      return made === undefined ? undefined : openPlan(app, kind, context, draft, made, onChange);
    });
    if (making.kind !== 'value' || making.value === undefined) {
      return making.kind === 'value' ? { kind: 'back' } : making;
    }
    const answer = await reviewPlan(app, making.value, position);
    return mapAnswer(answer, (follow) => {
      onCreated(follow);
      return draft;
    });
  };
}

/** Asks the question behind a plan that is open, as it is now. Resolves with how to follow what was started. */
export async function reviewAgain(app: App, open: OpenPlan): Promise<Follow | undefined> {
  const created: Follow[] = [];
  const step: Step<object> = async (nothing, position) => {
    const making = await app.prompts.busy({ title: open.title, placeholder: l10n.t('Making the plan…'), position }, (signal) => open.again(signal));
    if (making.kind !== 'value' || making.value === undefined) {
      return making.kind === 'value' ? { kind: 'back' } : making;
    }
    return mapAnswer(await reviewPlan(app, making.value, position), (follow) => {
      created.push(follow);
      return nothing;
    });
  };
  await runSteps(() => [step], {});
  return created.at(-1);
}

function reviewPlan(app: App, open: OpenPlan, position: Position): Promise<Answer<Follow>> {
  return review(app, { ...requestFor(app, open), position });
}

function requestFor(app: App, open: OpenPlan): Renewed {
  const { context, made, document, title, summary, changeable } = open;
  const operations = requireOperations(app, context);
  return {
    title,
    context,
    accept: l10n.t('Restore into {0}', made.plan.target.name),
    summary,
    document,
    plan: made.plan,
    text: (dryRun) => {
      // It may have been closed, and with it let go.
      app.restorePlans.keep(open);
      return open.text(dryRun);
    },
    dryRun: async (signal) => accepted(await tryRestore(operations, made.plan, signal)),
    renew: async (signal) => {
      const renewed = await renewedPlan(operations, open, signal);
      return renewed === undefined ? undefined : { ...requestFor(app, renewed.open), why: renewed.why };
    },
    submit: () => startPlan(app, operations, open),
    more: [
      {
        label: l10n.t('Change Something…'),
        detail: changeable,
        icon: 'edit',
        run: async () => {
          const changed = await open.change();
          return changed === undefined ? undefined : requestFor(app, changed);
        },
      },
      { label: l10n.t('Export…'), detail: l10n.t('As a command, a link, YAML or a runbook'), icon: 'export', run: () => exportPlan(app, open).then(() => undefined) },
    ],
  };
}
