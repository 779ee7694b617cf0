import * as l10n from '@vscode/l10n';
import { backupMethods, policiesOf, type MethodOption } from '../../kubeblocks/backupMethods';
import { retentionProblem } from '../../kubeblocks/backupPlan';
import { indexClusters, type ClusterEntry } from '../../kubeblocks/clusterIndex';
import { isCronError, nextRuns, parseCron } from '../../kubeblocks/cron';
import { cronText } from '../../kubeblocks/cronText';
import { keyOf, objectKey, type Inventory } from '../../kubeblocks/inventory';
import type { BackupPolicy, BackupSchedule, SchedulePolicy } from '../../kubeblocks/objects';
import type { DeclaredParameter } from '../../kubeblocks/parameters';
import { deadlineProblem } from '../../kubeblocks/scheduleSettings';
import { cronProblem, lineFor, lineName, linesOf } from '../../kubeblocks/schedulePlan';
import { localAndUtcText, shortText, type TimeContext } from '../../kubeblocks/timeText';
import type { App } from '../app';
import { mapAnswer, type Choice } from '../prompts/prompts';
import type { Step } from '../prompts/steps';
import { askFurtherSettings, type Setting } from './furtherSettings';
import { askParameter, settingText } from './parameterQuestion';
import { clusterChoices, requireChoices } from './pickObject';
import { givenDeadline, givenParameters, itemOf, parametersOf, type ScheduleDraft } from './scheduleDraft';

type Ask = Step<ScheduleDraft>;

/** Which cluster, unless the command was called on one. */
export function askScheduledCluster(app: App, inventory: Inventory, title: string, start: (entry: ClusterEntry) => ScheduleDraft): Ask {
  return async (draft, position) => {
    const choices = clusterChoices(inventory);
    requireChoices(inventory, ['clusters'], choices, l10n.t('There is no cluster to choose: {0} has none.', inventory.context));
    const answer = await app.prompts.pick({ title, placeholder: l10n.t('Which cluster'), choices, active: ({ namespace, name }) => objectKey(namespace, name) === draft.entry?.key, position });
    return mapAnswer(answer, ({ namespace, name }) => {
      const entry = indexClusters(inventory).entries.get(objectKey(namespace, name));
      return entry === undefined || entry.key === draft.entry?.key ? draft : start(entry);
    });
  };
}

/** Which policy, where the cluster has several (one a component). */
export function askScheduledPolicy(app: App, title: string): Ask {
  return async (draft, position) => {
    const choices = (draft.entry === undefined ? [] : policiesOf(draft.entry)).map((policy): Choice<BackupPolicy> => ({ label: policy.metadata.name, icon: 'book', value: policy }));
    const answer = await app.prompts.pick({ title, placeholder: l10n.t('Which backup policy, and so which component'), choices, active: (policy) => policy === draft.policy, position });
    return mapAnswer(answer, (policy) => (policy === draft.policy || draft.entry === undefined ? draft : { entry: draft.entry, policy }));
  };
}

/** Which of the policy's methods that fit, line by line where one has several; each with how it runs now. */
export function askScheduledMethod(app: App, inventory: Inventory, title: string, fits: (option: MethodOption, draft: ScheduleDraft) => boolean): Ask {
  return async (draft, position) => {
    const { entry, policy } = draft;
    const drafts = entry === undefined || policy === undefined ? [] : backupMethods(inventory, policy).flatMap((method) => linesToChoose({ entry, policy, method, ...(draft.schedule === undefined ? {} : { schedule: draft.schedule }) }));
    const choices = drafts
      .filter((each) => fits(each.method, each))
      .map((each): Choice<Chosen> => {
        const { name, type, problem } = each.method;
        return {
          label: isOneOfSeveral(each, drafts) ? l10n.t('{0} ({1})', name, each.line?.name ?? '') : name,
          description: nowWords(each),
          ...(problem === undefined || problem.code === 'scheduleOnly' ? {} : { detail: problem.message }),
          icon: type === 'Continuous' ? 'pulse' : 'archive',
          value: each,
        };
      });
    requireChoices(inventory, ['policies', 'schedules'], choices, l10n.t('There is no method to choose: none of policy {0} fits “{1}” for {2}.', policy?.metadata.name ?? '', title, entry?.name ?? ''));
    const answer = await app.prompts.pick({ title, placeholder: l10n.t('Which method'), choices, active: (each) => isSameLine(each, draft), position });
    return mapAnswer(answer, (chosen) => (isSameLine(chosen, draft) ? draft : chosen));
  };
}

type Chosen = ScheduleDraft & Required<Pick<ScheduleDraft, 'entry' | 'policy' | 'method'>>;

/** The method's lines, or the method alone where it has none yet. */
function linesToChoose(start: Chosen): readonly Chosen[] {
  const { schedule } = start;
  const lines = linesOf(start.entry, start.policy, start.method.name).filter(({ schedule: { metadata } }) => schedule === undefined || metadata.name === schedule);
  return lines.length === 0
    ? [{ ...start, ...(schedule === undefined ? {} : { line: { schedule, name: start.method.name } }) }]
    : lines.map((each) => ({ ...start, line: { schedule: each.schedule.metadata.name, name: lineName(each.item) } }));
}

function isOneOfSeveral({ method }: Chosen, all: readonly Chosen[]): boolean {
  return all.filter((each) => each.method.name === method.name).length > 1;
}

function isSameLine({ method, line }: ScheduleDraft, other: ScheduleDraft): boolean {
  return method?.name === other.method?.name && line?.schedule === other.line?.schedule && line?.name === other.line?.name;
}

function nowWords(draft: ScheduleDraft): string {
  const item = itemOf(draft);
  if (item === undefined) {
    return l10n.t('not scheduled');
  }
  const times = draft.method?.type === 'Continuous' ? l10n.t('log backup') : cronText(item.cronExpression);
  return item.enabled === true ? l10n.t('on · {0}', times) : l10n.t('off · {0}', times);
}

/** Times that are asked for most, spread over the night so that not everything runs at the full hour. */
const USUAL_TIMES = ['0 18 * * *', '30 1 * * *', '15 */6 * * *', '0 * * * *', '30 1 * * 0'] as const;

/** When: picked in words, or typed as an expression whose next runs are shown meanwhile. */
export function askCron(app: App, inventory: Inventory): Ask {
  return async (draft, position) => {
    const current = draft.cron ?? itemOf(draft)?.cronExpression;
    const time = app.time();
    const offered = [...new Set([...(current === undefined || current === '' ? [] : [current]), ...USUAL_TIMES])];
    for (;;) {
      const chosen = await app.prompts.pick<string>({
        title: l10n.t('When {0} runs', draft.method?.name ?? ''),
        placeholder: l10n.t('Times are UTC for Kubernetes; yours are beside them'),
        choices: [
          ...offered.map((cron) => ({ label: cronText(cron), description: cron, detail: runsWords(cron, time, 2), icon: 'watch', value: cron })),
          { label: l10n.t('Type a Cron Expression…'), icon: 'edit', value: TYPED },
        ],
        active: (cron) => cron === (current ?? USUAL_TIMES[0]),
        position,
      });
      if (chosen.kind !== 'value' || chosen.value !== TYPED) {
        return mapAnswer(chosen, (cron) => ({ ...draft, cron }));
      }
      const typed = await app.prompts.input({
        title: l10n.t('When {0} runs', draft.method?.name ?? ''),
        prompt: l10n.t('Minute, hour, day of month, month, day of week, in UTC'),
        value: current ?? USUAL_TIMES[0],
        validate: (text) => cronProblem(text.trim()),
        explain: (text) => [runsWords(text.trim(), app.time(), 5), ...crowdWords(inventory, draft, text.trim(), app.time())].join(' '),
        position: { ...position, canGoBack: true },
      });
      if (typed.kind !== 'back') {
        return mapAnswer(typed, (cron) => ({ ...draft, cron: cron.trim() }));
      }
    }
  };
}

const TYPED = '';

/** The next runs, as the reader's clock and UTC show them; where the hour changes with daylight-saving time, so that it is said. */
function runsWords(expression: string, time: TimeContext, count: number): string {
  const cron = parseCron(expression);
  if (isCronError(cron)) {
    return '';
  }
  const [first, ...later] = nextRuns(cron, time.now, count);
  if (first === undefined) {
    return l10n.t('Never runs.');
  }
  const runs = [localAndUtcText(first, time), ...later.map((run) => shortText(run, time))].join(', ');
  return shiftsWithTheYear(first, time) ? l10n.t('Next: {0}. Your clock’s hour changes with daylight-saving time.', runs) : l10n.t('Next: {0}.', runs);
}

const HALF_A_YEAR = 182 * 86_400_000;

function shiftsWithTheYear(at: number, { timeZone }: TimeContext): boolean {
  const offset = (instant: number): string => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return offset(at) !== offset(at + HALF_A_YEAR);
}

/** Who else starts in the same minute: all of them share the repository and the nodes. */
function crowdWords(inventory: Inventory, draft: ScheduleDraft, expression: string, time: TimeContext): string[] {
  const cron = parseCron(expression);
  const first = isCronError(cron) ? undefined : nextRuns(cron, time.now, 1)[0];
  if (first === undefined) {
    return [];
  }
  const others = [...inventory.schedules.items.values()].flatMap((schedule) =>
    (schedule.spec?.schedules ?? []).filter((item) => {
      const { enabled, cronExpression } = item;
      const isThis = isLineOf(draft, schedule, item);
      const other = parseCron(cronExpression);
      return enabled === true && !isThis && !isCronError(other) && nextRuns(other, first - 1, 1)[0] === first;
    }),
  );
  if (others.length === 0) {
    return [];
  }
  return [others.length === 1 ? l10n.t('Another schedule starts in that minute.') : l10n.t('{0} other schedules start in that minute.', others.length)];
}

function isLineOf({ entry, policy, method, line }: ScheduleDraft, schedule: BackupSchedule, item: SchedulePolicy): boolean {
  const own = entry === undefined || policy === undefined || method === undefined ? undefined : lineFor(entry, policy, method.name, line);
  return own?.schedule !== undefined && own.item !== undefined && keyOf(own.schedule) === keyOf(schedule) && lineName(own.item) === lineName(item);
}

export function askScheduledRetention(app: App): Ask {
  return async (draft, position) => {
    const answer = await app.prompts.input({
      title: l10n.t('How long to keep each copy'),
      prompt: l10n.t('For example 7d, 1mo or 12h; empty keeps it for ever'),
      value: draft.retention ?? itemOf(draft)?.retentionPeriod ?? '7d',
      validate: (text) => retentionProblem(text.trim()),
      position,
    });
    return mapAnswer(answer, (retention) => ({ ...draft, retention: retention.trim() }));
  };
}

/** One parameter of the method's action set. */
export function askScheduleParameter(app: App, parameter: DeclaredParameter): Ask {
  const ask = askParameter<ScheduleDraft>(app, parameter);
  return (draft, position) => ask({ ...draft, parameters: givenParameters(draft) }, position);
}

/** The starting deadline, and the parameters that may be left out. */
export function askScheduleSettings(app: App, inventory: Inventory): Ask {
  return askFurtherSettings<ScheduleDraft>(
    app,
    ({ method }) => l10n.t('Further settings of {0}', method?.name ?? ''),
    (draft) => [
      deadlineSetting(app, draft),
      ...parametersOf(inventory, draft)
        .filter(({ required }) => !required)
        .map((parameter): Setting<ScheduleDraft> => ({
          name: parameter.name,
          now: settingText(givenParameters(draft), parameter),
          ...(parameter.schema.description === undefined ? {} : { detail: parameter.schema.description }),
          icon: 'settings-gear',
          ask: askScheduleParameter(app, parameter),
        })),
    ],
  );
}

function deadlineSetting(app: App, draft: ScheduleDraft): Setting<ScheduleDraft> {
  const minutes = givenDeadline(draft);
  const name = l10n.t('Starting deadline');
  return {
    name,
    now: minutes === '' ? l10n.t('none') : l10n.t('{0} min', minutes),
    detail: l10n.t('How late a run may start; one that is later is not made'),
    icon: 'watch',
    ask: async (current, position) => {
      const answer = await app.prompts.input({
        title: name,
        prompt: l10n.t('In minutes, for all lines of the schedule. Without one, of the runs that were missed the last is made as soon as it can be'),
        value: givenDeadline(current),
        validate: (text) => deadlineProblem(text.trim()),
        position,
      });
      return mapAnswer(answer, (deadline) => ({ ...current, deadline: deadline.trim() }));
    },
  };
}
