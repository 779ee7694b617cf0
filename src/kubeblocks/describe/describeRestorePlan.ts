import * as l10n from '@vscode/l10n';
import { bytesText } from '../bytes';
import type { PlanCheck } from '../restoreChecks';
import type { PlannedRestore } from '../plannedRestore';
import type { RestorePlan } from '../restorePlan';
import type { RestoreReads } from '../restoreReads';
import { afterwardsTexts, componentText, notRestoredTexts, planTitle, planVerdict, repositoryText, sourceText, wayText } from '../restorePlanText';
import { localAndUtcText, type TimeContext } from '../timeText';
import type { Page, Section } from './page';
import { facts, list, page, table } from './page';

/** What is known of a plan beside itself. */
export interface PlanEdition {
  readonly hash: string;
  /** Context, or the dump's name. */
  readonly source: string;
  /** Of what is created, without credentials. */
  readonly yaml: string;
  /** The server's word; undefined where it was not asked. */
  readonly dryRun: string | undefined;
}

/** Commands to run it by hand and to see that it worked. */
export interface RunbookCommands {
  readonly run: readonly string[];
  readonly proof: readonly string[];
}

/** The restore plan as a page to read before anything is created; with commands, a runbook. */
export function describeRestorePlan(plan: RestorePlan, edition: PlanEdition, time: TimeContext, commands?: RunbookCommands): Page {
  const { reads, creates, target, object, steps } = plan;
  return page(planTitle(plan, time), planVerdict(plan), [
    ...openingSections(plan, wayText(plan.request.way), edition, time),
    readsSection(reads, time),
    list(l10n.t('Creates'), [
      l10n.t('{0} {1} in {2}', object.kind, object.metadata.name, target.namespace),
      ...(object.kind === 'Cluster' ? [] : [l10n.t('Cluster {0} in {1}', target.name, target.namespace)]),
      ...creates.components.map((component) => componentText(component)),
      ...(creates.accounts.length === 0 ? [] : [l10n.t('Secrets of system accounts: {0}', creates.accounts.join(', '))]),
      creates.restores === undefined || creates.jobs === undefined ? l10n.t('Restore objects and jobs: how many is not known') : l10n.t('Restore objects: {0}; jobs: {1}', creates.restores, creates.jobs),
    ]),
    list(l10n.t('Not restored'), notRestoredTexts(plan)),
    list(l10n.t('Steps'), steps.map((step, index) => `${index + 1}. ${step}`)),
    list(l10n.t('Afterwards'), afterwardsTexts(plan)),
    ...closingSections(plan, edition, commands === undefined ? undefined : { ...commands, restored: restoredTexts() }),
  ]);
}

/** What a plan is, and what is wrong with it. */
export function openingSections(plan: PlannedRestore & Pick<RestorePlan, 'line'>, way: string, { source, dryRun, hash }: PlanEdition, time: TimeContext): readonly (Section | undefined)[] {
  return [
    facts(l10n.t('Plan'), [
      [l10n.t('Where'), l10n.t('{0}, namespace {1}', source, plan.target.namespace)],
      [l10n.t('KubeBlocks'), plan.line],
      [l10n.t('Asked by'), way],
      [l10n.t('Made'), localAndUtcText(time.now, time)],
      [l10n.t('Server’s dry run'), dryRun],
      [l10n.t('Hash'), hash],
    ]),
    list(l10n.t('Findings'), findingTexts(plan)),
  ];
}

export function readsSection(reads: RestoreReads, time: TimeContext): Section | undefined {
  return list(l10n.t('Reads'), [
    ...reads.sources.map((source) => sourceText(source, time)),
    ...reads.repositories.map((repository) => l10n.t('from {0}', repositoryText(repository))),
    ...(reads.totalBytes === undefined ? [] : [l10n.t('{0} in all, without the log', bytesText(reads.totalBytes))]),
    reads.encrypted ? l10n.t('encrypted') : l10n.t('not encrypted'),
  ]);
}

/** What was looked at, what is created, and for a runbook how; `restored`: by what one knows that it worked. */
export function closingSections({ checks }: Pick<RestorePlan, 'checks'>, { yaml }: PlanEdition, commands: (RunbookCommands & { readonly restored: readonly string[] }) | undefined): readonly (Section | undefined)[] {
  return [
    table(l10n.t('Checks'), [l10n.t('Verdict'), l10n.t('What')], checks.map((check) => [verdictText(check), check.message])),
    { kind: 'text', heading: l10n.t('Manifest'), text: yaml },
    ...(commands === undefined ? [] : commandSections(commands)),
  ];
}

function commandSections({ run, proof, restored }: RunbookCommands & { readonly restored: readonly string[] }): readonly Section[] {
  return [
    ...run.map((text): Section => ({ kind: 'text', heading: l10n.t('Run it'), text })),
    { kind: 'text', heading: l10n.t('See that it worked'), text: proof.join('\n') },
    { kind: 'list', heading: l10n.t('When it is restored'), items: restored },
  ];
}

/** Running alone proves nothing. */
function restoredTexts(): readonly string[] {
  return [
    l10n.t('The cluster is Running, and each Restore object of it is Completed. A Running cluster without one is empty.'),
    l10n.t('Read something that was written shortly before the backup ended or the instant that was chosen.'),
    l10n.t('Turn its protection on, and only then lead clients to it.'),
  ];
}

function findingTexts({ findings }: Pick<RestorePlan, 'findings'>): readonly string[] {
  const order = ['error', 'warning', 'info'];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return sorted.map(({ severity, code, message }) => `${SEVERITIES[severity]()}: ${message} (${code})`);
}

const SEVERITIES = { error: () => l10n.t('Error'), warning: () => l10n.t('Warning'), info: () => l10n.t('Note') } as const;

function verdictText({ verdict }: PlanCheck): string {
  switch (verdict) {
    case 'ok':
      return l10n.t('good');
    case 'warning':
      return l10n.t('warning');
    case 'error':
      return l10n.t('error');
    case 'unknown':
      return l10n.t('not known');
  }
}
