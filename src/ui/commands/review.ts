import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import type { KubeObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import type { DryRunResult } from '../../operations/dryRun';
import type { App } from '../app';
import type { Answer, Choice, Position } from '../prompts/prompts';

/** A plan that waits for a person's word. */
export interface Reviewed {
  readonly resource: Resource;
  readonly object: KubeObject;
  readonly findings: readonly PlanFinding[];
}

export interface ReviewRequest {
  readonly title: string;
  /** The button line: a verb and the object's name. */
  readonly accept: string;
  /** What will be created where, as sentences. */
  readonly summary: string;
  /** Name of the read-only document with the manifest. */
  readonly document: string;
  readonly plan: Reviewed;
  /** Asks the server to judge without storing; gives its warnings. Rejects with its refusal. */
  readonly dryRun: (signal: AbortSignal) => Promise<readonly string[]>;
  /** Creates the object. */
  readonly submit: (signal: AbortSignal) => Promise<void>;
  readonly position: Position;
}

/** The server's warnings; its refusal is thrown. */
export function accepted(result: DryRunResult): readonly string[] {
  if (!result.accepted) {
    throw result.error;
  }
  return result.warnings;
}

type Verdict = { readonly state: 'accepted'; readonly warnings: readonly string[] } | { readonly state: 'refused'; readonly why: string };
type Choose = 'submit' | 'again' | 'yaml' | 'back' | 'nothing';

/**
 * Shows the manifest beside what the server says of it, and creates it on the person's word. A refusal (a name taken
 * meanwhile, a lost connection) is shown here, where one can try again or go back: nothing that was typed is lost.
 */
export async function review(app: App, request: ReviewRequest): Promise<Answer<true>> {
  await app.documents.preview(request.document, stringify(request.plan.object));
  let verdict = await judge(app, request);
  for (;;) {
    if (verdict.kind !== 'value') {
      return verdict;
    }
    const chosen = await app.prompts.pick<Choose>({
      title: request.title,
      placeholder: verdict.value.state === 'accepted' ? l10n.t('The manifest is shown beside. Nothing is created before you say so.') : l10n.t('Nothing was created. Your answers are kept.'),
      choices: choicesFor(request, verdict.value),
      position: request.position,
    });
    if (chosen.kind !== 'value') {
      return chosen;
    }
    switch (chosen.value) {
      case 'back':
        return { kind: 'back' };
      case 'again':
        verdict = await judge(app, request);
        break;
      case 'yaml':
        await app.documents.preview(request.document, stringify(request.plan.object));
        break;
      case 'submit': {
        const created = await attempt(app, request, l10n.t('Creating…'), (signal) => request.submit(signal).then((): readonly string[] => []));
        if (created.kind !== 'value' || created.value.state === 'accepted') {
          return created.kind === 'value' ? { kind: 'value', value: true } : created;
        }
        verdict = created;
        break;
      }
      case 'nothing':
        break;
    }
  }
}

/** Errors of our own rules need no word of the server's. */
async function judge(app: App, request: ReviewRequest): Promise<Answer<Verdict>> {
  return hasErrors(request.plan.findings)
    ? { kind: 'value', value: { state: 'accepted', warnings: [] } }
    : attempt(app, request, l10n.t('Asking the server…'), (signal) => request.dryRun(signal));
}

async function attempt(
  app: App,
  { title, position }: ReviewRequest,
  placeholder: string,
  task: (signal: AbortSignal) => Promise<readonly string[]>,
): Promise<Answer<Verdict>> {
  return app.prompts.busy<Verdict>({ title, placeholder, position }, async (signal) => {
    try {
      return { state: 'accepted', warnings: await task(signal) };
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
      const why = error instanceof Error ? error.message : String(error);
      app.log.warn(`${title}: ${why}`);
      return { state: 'refused', why };
    }
  });
}

function choicesFor({ accept, plan, summary }: ReviewRequest, verdict: Verdict): readonly Choice<Choose>[] {
  const findings = [...plan.findings.filter(({ severity }) => severity === 'error'), ...plan.findings.filter(({ severity }) => severity !== 'error')];
  const notes: Choice<Choose>[] = findings.map(({ severity, message }) => ({ label: message, icon: ICONS[severity], value: 'nothing' }));
  const yaml: Choice<Choose> = { label: l10n.t('Show the YAML Beside'), icon: 'code', value: 'yaml' };
  const back: Choice<Choose> = { label: l10n.t('Go Back and Change It'), icon: 'arrow-left', value: 'back' };
  if (hasErrors(plan.findings)) {
    return [back, yaml, ...notes];
  }
  if (verdict.state === 'refused') {
    const refusal: Choice<Choose> = { label: verdict.why, icon: 'error', value: 'nothing' };
    return [back, { label: l10n.t('Try Again'), icon: 'refresh', value: 'again' }, yaml, refusal, ...notes];
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

const ICONS = { error: 'error', warning: 'warning', info: 'info' } as const;
