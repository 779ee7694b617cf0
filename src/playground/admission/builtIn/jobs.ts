import { isCronError, parseCron } from '../../../kubeblocks/cron';
import type { AnyObject } from '../../../kubeblocks/objects';
import { isSame } from '../../store/isSame';
import { invalid, notSupported, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { validatePodSpec } from './pods';

/** Jobs and cron jobs (k8s.io/kubernetes pkg/apis/batch/validation). */

export function validateJob({ metadata, spec: given }: AnyObject): readonly FieldError[] {
  const spec = recordOf(given);
  return [...generatedErrors(spec, metadata.uid), ...jobSpecErrors(spec, 'spec'), ...selectorErrors(spec)];
}

/** Unless its author says otherwise, a job finds its pods by its own uid and nothing else (`ValidateGeneratedSelector`). */
function generatedErrors({ manualSelector, selector }: JsonObject, uid: string | undefined): readonly FieldError[] {
  if (manualSelector === true || isSame(selector, { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } })) return [];
  return [invalid('spec.selector', selector ?? null, '`selector` not auto-generated')];
}

function selectorErrors({ selector, template }: JsonObject): readonly FieldError[] {
  const { matchLabels } = recordOf(selector);
  const labels = recordOf(recordOf(recordOf(template).metadata).labels);
  const isFound = Object.entries(recordOf(matchLabels)).every(([name, value]) => labels[name] === value);
  return isFound ? [] : [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')];
}

const IMMUTABLE_JOB = ['completions', 'selector', 'template', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'];

/** Judged as a new one, then once more. The template of a suspended job may change where a queue schedules it; that is left out. */
export function validateJobUpdate(job: AnyObject, old: AnyObject): readonly FieldError[] {
  const spec = recordOf(job.spec);
  const before = recordOf(old.spec);
  const changed = IMMUTABLE_JOB.filter((field) => !isSame(spec[field], before[field]));
  return [...validateJob(job), ...jobSpecErrors(spec, 'spec'), ...selectorErrors(spec), ...changed.map((field) => invalid(`spec.${field}`, spec[field] ?? null, 'field is immutable'))];
}

function jobSpecErrors(spec: JsonObject, path: string): readonly FieldError[] {
  return [
    ...['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].flatMap((field) => negative(spec, field, path)),
    ...oneOf(spec, 'completionMode', path, ['NonIndexed', 'Indexed']),
    ...templateErrors(recordOf(recordOf(spec.template).spec), `${path}.template.spec`),
  ];
}

function templateErrors(spec: JsonObject, path: string): readonly FieldError[] {
  const { restartPolicy } = spec;
  const own = validatePodSpec({ ...spec, restartPolicy: undefined }, path, []);
  if (restartPolicy === 'Never' || restartPolicy === 'OnFailure') return own;
  // A template that says nothing has been given Always by then.
  if (restartPolicy === undefined || restartPolicy === 'Always') return [...own, required(`${path}.restartPolicy`, 'valid values: "OnFailure", "Never"')];
  return [...own, notSupported(`${path}.restartPolicy`, restartPolicy, ['OnFailure', 'Never'])];
}

/** What is left for the suffix of its jobs' names. */
const LONGEST_NAME = 52;

export function validateCronJob({ metadata, spec: given }: AnyObject): readonly FieldError[] {
  const spec = recordOf(given);
  const { name } = metadata;
  return [
    ...scheduleErrors(spec.schedule),
    ...negative(spec, 'startingDeadlineSeconds', 'spec'),
    ...oneOf(spec, 'concurrencyPolicy', 'spec', ['Allow', 'Forbid', 'Replace']),
    ...zoneErrors(spec.timeZone),
    ...jobSpecErrors(recordOf(recordOf(spec.jobTemplate).spec), 'spec.jobTemplate.spec'),
    ...negative(spec, 'successfulJobsHistoryLimit', 'spec'),
    ...negative(spec, 'failedJobsHistoryLimit', 'spec'),
    ...(name.length > LONGEST_NAME ? [invalid('metadata.name', name, `must be no more than ${LONGEST_NAME} characters`)] : []),
  ];
}

function scheduleErrors(schedule: unknown): readonly FieldError[] {
  if (typeof schedule !== 'string' || schedule === '') return [required('spec.schedule')];
  const parsed = parseCron(schedule);
  return isCronError(parsed) ? [invalid('spec.schedule', schedule, parsed.error)] : [];
}

function zoneErrors(zone: unknown): readonly FieldError[] {
  if (typeof zone !== 'string') return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    return [invalid('spec.timeZone', zone, `unknown time zone ${zone}`)];
  }
}

function negative(spec: JsonObject, field: string, path: string): readonly FieldError[] {
  const value = spec[field];
  return typeof value === 'number' && value < 0 ? [invalid(`${path}.${field}`, value, 'must be greater than or equal to 0')] : [];
}

function oneOf(spec: JsonObject, field: string, path: string, values: readonly string[]): readonly FieldError[] {
  const value = spec[field];
  return value === undefined || values.some((known) => known === value) ? [] : [notSupported(`${path}.${field}`, value, values)];
}

function recordOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
