import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import type { KubeObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { Resource } from '../../kubeblocks/resource';
import { AppError } from '../../operations/appError';
import { isUnknownOutcome } from '../../operations/createOnce';
import type { DryRunResult } from '../../operations/dryRun';
import type { App } from '../app';
import { Unfinished } from '../commandError';
import type { Answer, Choice, Position } from '../prompts/prompts';
import { agreeToChange } from './agreeToChange';
import { judgedFindings } from './judgedFindings';
import { notify } from './notify';

/** Tells how what was created gets on, to its end. */
export type Follow = () => Promise<void>;

/** A plan that waits for a person's word. */
export interface Reviewed {
  readonly resource: Resource;
  readonly object: KubeObject;
  /** What is written before it, and shown above it. */
  readonly before?: readonly KubeObject[];
  readonly findings: readonly PlanFinding[];
  /** What the rules judge, where only a part of it is shown: the whole objects, and as they are now. */
  readonly whole?: { readonly objects: readonly KubeObject[]; readonly before: readonly KubeObject[] };
}

export interface ReviewRequest {
  readonly title: string;
  /** The context that is changed. */
  readonly context: string;
  /** The button line: a verb and the object's name. */
  readonly accept: string;
  /** What will be created where, as sentences. */
  readonly summary: string;
  /** Name of the read-only document with the manifest. */
  readonly document: string;
  readonly plan: Reviewed;
  /** Asks the server to judge without storing; gives its warnings. Rejects with its refusal. */
  readonly dryRun: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Asks once more where something is destroyed by it; false comes back to the review. */
  readonly confirm?: () => Promise<boolean>;
  /** Creates the object, the same one however often it is called; resolves with how to follow it. */
  readonly submit: () => Promise<Follow>;
  readonly position: Position;
}

/** The server's warnings; its refusal is thrown. */
export function accepted(result: DryRunResult): readonly string[] {
  if (!result.accepted) {
    throw result.error;
  }
  return result.warnings;
}

/** What is written, in its order, without credentials. */
function documentOf({ before = [], object }: Reviewed): string {
  return [...before, object].map((each) => stringify(redact(each))).join('---\n');
}

interface Refused {
  readonly state: 'refused';
  readonly why: string;
  /** What trying again repeats: the creation once it was asked for, else the dry run. */
  readonly again: 'judge' | 'submit';
  /** No answer came, so it may have been created. */
  readonly unknown: boolean;
  /** A role that would allow it. */
  readonly rule: string | undefined;
}

interface Created {
  readonly state: 'created';
  readonly follow: Follow;
}

type Verdict = { readonly state: 'accepted'; readonly warnings: readonly string[] } | Refused;
type Choose = 'submit' | 'judge' | 'why' | 'rule' | 'yaml' | 'back' | 'nothing';

/**
 * Shows the manifest beside what the server says of it, and creates it on the person's word. A refusal (a name taken
 * meanwhile, a lost connection) is shown here, where one can try again or go back: nothing that was typed is lost.
 */
export async function review(app: App, asked: ReviewRequest): Promise<Answer<Follow>> {
  const request = await withJudgement(app, asked);
  const show = (): Promise<void> => app.documents.preview(request.document, documentOf(request.plan));
  await show();
  let judged = await judge(app, request);
  for (;;) {
    if (judged.kind !== 'value') {
      return judged;
    }
    const verdict: Verdict = judged.value;
    const chosen = await app.prompts.pick<Choose>({
      title: request.title,
      placeholder: placeholderFor(verdict),
      choices: choicesFor(request, verdict),
      active: (choice) => choice === (canSubmit(request.plan, verdict) ? 'submit' : 'back'),
      position: request.position,
    });
    if (chosen.kind !== 'value') {
      return chosen;
    }
    switch (chosen.value) {
      case 'back':
        return { kind: 'back' };
      case 'judge':
        judged = await judge(app, request);
        break;
      case 'submit': {
        if ((await request.confirm?.()) === false) {
          break;
        }
        const agreed = await agreeToChange(app, request.context, request.title, request.position);
        if (agreed.kind === 'cancelled') {
          return agreed;
        }
        if (agreed.kind === 'back') {
          break;
        }
        const outcome = await submit(app, request);
        if (outcome.state === 'created') {
          return { kind: 'value', value: outcome.follow };
        }
        judged = { kind: 'value', value: outcome };
        break;
      }
      case 'why':
        if (verdict.state === 'refused') {
          notify(app, 'error', verdict.why, [{ label: l10n.t('Show Log'), command: 'kubeblocksBackup.showLog' }]);
        }
        break;
      case 'rule':
        await app.runCommand('kubeblocksBackup.copyPermissionRule', { manifest: verdict.state === 'refused' ? verdict.rule : undefined });
        break;
      case 'yaml':
        await show();
        break;
      case 'nothing':
        break;
    }
  }
}

/** The plan with what the rules for manifests find in it. */
async function withJudgement(app: App, request: ReviewRequest): Promise<ReviewRequest> {
  const { plan } = request;
  const { objects, before } = plan.whole ?? { objects: [...(plan.before ?? []), plan.object], before: [] };
  const judged = await judgedFindings(app, { objects, before, findings: plan.findings });
  return { ...request, plan: { ...plan, findings: [...plan.findings, ...judged] } };
}

/** Errors of our own rules need no word of the server's. */
async function judge(app: App, request: ReviewRequest): Promise<Answer<Verdict>> {
  const { title, position, plan } = request;
  if (hasErrors(plan.findings)) {
    return { kind: 'value', value: { state: 'accepted', warnings: [] } };
  }
  return app.prompts.busy<Verdict>({ title, placeholder: l10n.t('Asking the server…'), position }, async (signal) => {
    try {
      return { state: 'accepted', warnings: await request.dryRun(signal) };
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      return refusedBy(app, request, error, 'judge');
    }
  });
}

/** What was sent cannot be called back: whoever leaves meanwhile still learns how it ended. */
async function submit(app: App, request: ReviewRequest): Promise<Created | Refused> {
  const { title, position } = request;
  const sent = send(app, request);
  const answer = await app.prompts.busy<Created | Refused>({ title, placeholder: l10n.t('Creating…'), position }, () =>
    sent.then(
      (follow) => ({ state: 'created', follow }),
      (error: unknown) => refusedBy(app, request, error, 'submit'),
    ),
  );
  return answer.kind === 'value' ? answer.value : { state: 'created', follow: await resumable(app, request, sent) };
}

/** Where no answer came, and nobody is at the question any more, what is tried again is this submission and not the command. */
async function resumable(app: App, request: ReviewRequest, sent: Promise<Follow>): Promise<Follow> {
  try {
    return await sent;
  } catch (error) {
    if (!(error instanceof AppError && isUnknownOutcome(error.cause))) {
      throw error;
    }
    const message = l10n.t('{0} It may have been created all the same; trying again finds it, and creates nothing twice.', error.message);
    throw new Unfinished(message, () => resumable(app, request, send(app, request)), error);
  }
}

function send(app: App, { context, submit }: ReviewRequest): Promise<Follow> {
  return app.contextRules.change(context, submit);
}

function refusedBy(app: App, { title }: ReviewRequest, error: unknown, again: Refused['again']): Refused {
  const why = error instanceof Error ? error.message : String(error);
  app.log.warn(`${title}: ${why}`);
  const action = error instanceof AppError ? error.action : undefined;
  return {
    state: 'refused',
    why,
    again,
    unknown: again === 'submit' && error instanceof AppError && isUnknownOutcome(error.cause),
    rule: action?.kind === 'copyRole' ? action.manifest : undefined,
  };
}

function placeholderFor(verdict: Verdict): string {
  if (verdict.state === 'accepted') {
    return l10n.t('The manifest is shown beside. Nothing is created before you say so.');
  }
  return verdict.unknown
    ? l10n.t('It is not known whether it was created. Try again to find out; nothing is created twice. Your answers are kept.')
    : l10n.t('Nothing was created. Your answers are kept.');
}

function choicesFor({ accept, plan, summary }: ReviewRequest, verdict: Verdict): readonly Choice<Choose>[] {
  const findings = [...plan.findings.filter(({ severity }) => severity === 'error'), ...plan.findings.filter(({ severity }) => severity !== 'error')];
  const notes: Choice<Choose>[] = findings.map(({ severity, message }) => ({ label: message, icon: ICONS[severity], value: 'nothing' }));
  const yaml: Choice<Choose> = { label: l10n.t('Show the YAML Beside'), icon: 'code', value: 'yaml' };
  const back: Choice<Choose> = { label: l10n.t('Go Back and Change It'), icon: 'arrow-left', value: 'back' };
  if (hasErrors(plan.findings)) {
    return [...notes, back, yaml];
  }
  if (verdict.state === 'refused') {
    const refusal: Choice<Choose> = { ...inTwoLines(verdict.why), icon: 'error', value: 'why' };
    const rule: Choice<Choose>[] = verdict.rule === undefined ? [] : [{ label: l10n.t('Copy the Rule to Ask For'), icon: 'copy', value: 'rule' }];
    return [refusal, back, { label: l10n.t('Try Again'), icon: 'refresh', value: verdict.again }, ...rule, yaml, ...notes];
  }
  const warnings = verdict.warnings.map((label): Choice<Choose> => ({ label, icon: 'warning', value: 'nothing' }));
  return [
    { label: accept, description: l10n.t('the server accepts it (dry run)'), detail: summary, icon: 'check', value: 'submit' },
    back,
    yaml,
    ...warnings,
    ...notes,
  ];
}

function canSubmit({ findings }: Reviewed, { state }: Verdict): boolean {
  return state === 'accepted' && !hasErrors(findings);
}

/** What failed above why: a line of its own each, as a long line is cut. Choosing it says it whole. */
function inTwoLines(sentence: string): { readonly label: string; readonly detail?: string } {
  const colon = sentence.indexOf(': ');
  return colon < 0 ? { label: sentence } : { label: sentence.slice(0, colon), detail: sentence.slice(colon + 2) };
}

const ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;
