import type { AnyObject } from '../../../kubeblocks/objects';
import { column, NAME, WIDE, type Column } from './column';
import { ageOf, humanDuration } from './humanDuration';
import { has, list, map, number, text } from './read';

const POD_SPEC = 'spec.template.spec';

export function jobColumns(age: Column): readonly Column[] {
  return [
    NAME,
    column('Status', jobStatus),
    column('Completions', completions),
    column('Duration', jobDuration),
    age,
    ...containerColumns(POD_SPEC),
    column('Selector', selectorText, WIDE),
  ];
}

export function cronJobColumns(age: Column): readonly Column[] {
  return [
    NAME,
    column('Schedule', (job) => text(job, 'spec.schedule')),
    column('Timezone', (job) => text(job, 'spec.timeZone', '<none>')),
    column('Suspend', (job) => (text(job, 'spec.suspend') === 'true' ? 'True' : 'False'), { type: 'boolean' }),
    column('Active', (job) => list(job, 'status.active').length, { type: 'integer' }),
    column('Last Schedule', (job, now) => (has(job, 'status.lastScheduleTime') ? ageOf(text(job, 'status.lastScheduleTime'), now) : '<none>')),
    age,
    ...containerColumns('spec.jobTemplate.spec.template.spec'),
    column('Selector', (job) => labels(map(job, 'spec.jobTemplate.spec.selector.matchLabels')), WIDE),
  ];
}

export function statefulSetColumns(age: Column): readonly Column[] {
  const ready = column('Ready', (set) => `${number(set, 'status.readyReplicas')}/${number(set, 'spec.replicas', 1)}`);
  return [NAME, ready, age, ...containerColumns(POD_SPEC)];
}

function containerColumns(podSpec: string): readonly Column[] {
  const each = (field: string) => (object: AnyObject) =>
    list(object, `${podSpec}.containers`).map((container) => text(container, field)).join(',');
  return [column('Containers', each('name'), WIDE), column('Images', each('image'), WIDE)];
}

const FINAL_CONDITIONS: readonly (readonly [string, string])[] = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
];

function jobStatus(job: AnyObject): string {
  for (const [type, word] of FINAL_CONDITIONS) {
    if (list(job, 'status.conditions').some((one) => text(one, 'type') === type && text(one, 'status') === 'True')) return word;
  }
  return job.metadata.deletionTimestamp === undefined ? 'Running' : 'Terminating';
}

function completions(job: AnyObject): string {
  const done = number(job, 'status.succeeded');
  if (has(job, 'spec.completions')) return `${done}/${number(job, 'spec.completions')}`;
  const parallelism = number(job, 'spec.parallelism');
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`;
}

function jobDuration(job: AnyObject, now: number): string {
  if (!has(job, 'status.startTime')) return '';
  const failed = list(job, 'status.conditions').find((one) => text(one, 'type') === 'Failed' && text(one, 'status') === 'True');
  const end = text(job, 'status.completionTime') || text(failed, 'lastTransitionTime');
  return humanDuration((end === '' ? now : Date.parse(end)) - Date.parse(text(job, 'status.startTime')));
}

function selectorText(job: AnyObject): string {
  return labels(map(job, 'spec.selector.matchLabels'));
}

function labels(selector: Readonly<Record<string, unknown>>): string {
  return Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`).sort().join(',') || '<none>';
}
