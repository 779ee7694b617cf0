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
  /** The document's text, where it is more than the manifest; `dryRun` is the server's word. */
  readonly text?: (dryRun: string | undefined) => Promise<string>;
  /** Asked before anything is created: the same of a plan that is true now, where the one that was read is not any more. */
  readonly renew?: (signal: AbortSignal) => Promise<Renewed | undefined>;
  /** What else can be done with the plan. */
  readonly more?: readonly (Pick<Choice<unknown>, 'label' | 'detail' | 'icon'> & { readonly run: () => Promise<Renewed | undefined> })[];
}

/** A plan made anew, with everything that speaks of it. */
export interface Renewed extends Omit<ReviewRequest, 'position'> {
  /** What is different about it, where nobody asked for that; a sentence. */
  readonly why?: string;
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
type Choose = 'submit' | 'judge' | 'why' | 'rule' | 'yaml' | 'back' | 'nothing' | { readonly run: () => Promise<Renewed | undefined> };

/**
 * Shows the manifest beside what the server says of it, and creates it on the person's word. A refusal (a name taken
 * meanwhile, a lost connection) is shown here, where one can try again or go back: nothing that was typed is lost.
 */
export async function review(app: App, asked: ReviewRequest): Promise<Answer<Follow>> {
  // A plan that can be made anew is judged where it is made.
  let request = asked.renew === undefined ? await withJudgement(app, asked) : asked;
  let changed: string | undefined;
  const show = async (verdict?: Verdict): Promise<void> => app.documents.preview(request.document, (await request.text?.(verdict && dryRunText(request.plan, verdict))) ?? documentOf(request.plan));
  const judgeAndShow = async (): Promise<Answer<Verdict>> => {
    const answer = await judge(app, request);
    if (request.text !== undefined && answer.kind === 'value') {
      await show(answer.value);
    }
    return answer;
  };
  const takeUp = (renewed: Renewed): Promise<Answer<Verdict>> => {
    request = { ...request, ...renewed };
    changed = renewed.why;
    return judgeAndShow();
  };
  if (request.text === undefined) {
    await show();
  }
  let judged = await judgeAndShow();
  for (;;) {
    if (judged.kind !== 'value') {
      return judged;
    }
    const verdict: Verdict = judged.value;
    const chosen = await app.prompts.pick<Choose>({
      title: request.title,
      placeholder: placeholderFor(verdict),
      choices: choicesFor(request, verdict, changed),
      active: (choice) => choice === (canSubmit(request.plan, verdict) ? 'submit' : 'back'),
      position: request.position,
    });
    if (chosen.kind !== 'value') {
      return chosen;
    }
    if (typeof chosen.value === 'object') {
      const renewed = await chosen.value.run();
      if (renewed !== undefined) {
        judged = await takeUp(renewed);
      }
      continue;
    }
    switch (chosen.value) {
      case 'back':
        return { kind: 'back' };
      case 'judge':
        judged = await judgeAndShow();
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
        const renewed = await renew(app, request);
        if (renewed.kind !== 'value') {
          return renewed;
        }
        if (renewed.value !== undefined) {
          if ('state' in renewed.value) {
            judged = { kind: 'value', value: renewed.value };
            break;
          }
          judged = await takeUp(renewed.value);
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
        await show(verdict);
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

/** The plan as it is now, where it is another; a refusal where that cannot be found out. */
async function renew(app: App, request: ReviewRequest): Promise<Answer<Renewed | Refused | undefined>> {
  const { title, position } = request;
  if (request.renew === undefined) {
    return { kind: 'value', value: undefined };
  }
  const ask = request.renew;
  return app.prompts.busy<Renewed | Refused | undefined>({ title, placeholder: l10n.t('Looking whether the plan is still true…'), position }, async (signal) => {
    try {
      return await ask(signal);
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

function dryRunText({ findings }: Reviewed, verdict: Verdict): string {
  if (hasErrors(findings)) {
    return l10n.t('not asked: a finding forbids it');
  }
  return verdict.state === 'refused' ? l10n.t('refused: {0}', verdict.why) : verdict.warnings.length === 0 ? l10n.t('accepted') : l10n.t('accepted, with warnings: {0}', verdict.warnings.join(' '));
}

function choicesFor({ accept, plan, summary, more = [], text }: ReviewRequest, verdict: Verdict, changed: string | undefined): readonly Choice<Choose>[] {
  const findings = [...plan.findings.filter(({ severity }) => severity === 'error'), ...plan.findings.filter(({ severity }) => severity !== 'error')];
  const news: Choice<Choose>[] = changed === undefined ? [] : [{ label: l10n.t('The plan has changed since it was shown, and is shown anew. Nothing was created.'), detail: changed, icon: 'warning', value: 'nothing' }];
  const notes: Choice<Choose>[] = [...news, ...findings.map(({ severity, message }): Choice<Choose> => ({ label: message, icon: ICONS[severity], value: 'nothing' }))];
  const others = more.map(({ run, ...line }): Choice<Choose> => ({ ...line, value: { run } }));
  const yaml: Choice<Choose> = text === undefined ? { label: l10n.t('Show the YAML Beside'), icon: 'code', value: 'yaml' } : { label: l10n.t('Show the Plan Beside'), icon: 'list-unordered', value: 'yaml' };
  const back: Choice<Choose> = { label: l10n.t('Go Back and Change It'), icon: 'arrow-left', value: 'back' };
  if (hasErrors(plan.findings)) {
    return [...notes, back, ...others, yaml];
  }
  if (verdict.state === 'refused') {
    const refusal: Choice<Choose> = { ...inTwoLines(verdict.why), icon: 'error', value: 'why' };
    const rule: Choice<Choose>[] = verdict.rule === undefined ? [] : [{ label: l10n.t('Copy the Rule to Ask For'), icon: 'copy', value: 'rule' }];
    return [refusal, back, { label: l10n.t('Try Again'), icon: 'refresh', value: verdict.again }, ...rule, ...others, yaml, ...notes];
  }
  const warnings = verdict.warnings.map((label): Choice<Choose> => ({ label, icon: 'warning', value: 'nothing' }));
  return [
    { label: accept, description: l10n.t('the server accepts it (dry run)'), detail: summary, icon: 'check', value: 'submit' },
    back,
    ...others,
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
