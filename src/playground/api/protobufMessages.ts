/** How a field of a Kubernetes message is written; a message names its own fields. */
export type FieldKind = 'string' | 'bytes' | 'int' | 'bool' | 'quantity' | 'time' | Message;

export type Field = readonly [name: string, kind: FieldKind, shape?: 'list' | 'map'];

/** By field number. */
export interface Message {
  readonly [field: number]: Field;
}

/**
 * Field numbers of `generated.proto` of `k8s.io/api` and apimachinery: as much as kubectl's typed clients (`create
 * namespace`, `secret`, `configmap`, `serviceaccount`, `job`, `cronjob`; `auth`) send.
 */
const OWNER_REFERENCE: Message = {
  1: ['kind', 'string'],
  3: ['name', 'string'],
  4: ['uid', 'string'],
  5: ['apiVersion', 'string'],
  6: ['controller', 'bool'],
  7: ['blockOwnerDeletion', 'bool'],
};

const METADATA: Message = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  4: ['selfLink', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  7: ['generation', 'int'],
  8: ['creationTimestamp', 'time'],
  9: ['deletionTimestamp', 'time'],
  10: ['deletionGracePeriodSeconds', 'int'],
  11: ['labels', 'string', 'map'],
  12: ['annotations', 'string', 'map'],
  13: ['ownerReferences', OWNER_REFERENCE, 'list'],
  14: ['finalizers', 'string', 'list'],
};

const REFERENCE: Message = { 1: ['name', 'string'] };

const CONTAINER: Message = {
  1: ['name', 'string'],
  2: ['image', 'string'],
  3: ['command', 'string', 'list'],
  4: ['args', 'string', 'list'],
  5: ['workingDir', 'string'],
  6: ['ports', { 1: ['name', 'string'], 2: ['hostPort', 'int'], 3: ['containerPort', 'int'], 4: ['protocol', 'string'] }, 'list'],
  7: ['env', { 1: ['name', 'string'], 2: ['value', 'string'] }, 'list'],
  8: ['resources', { 1: ['limits', 'quantity', 'map'], 2: ['requests', 'quantity', 'map'] }],
  13: ['terminationMessagePath', 'string'],
  14: ['imagePullPolicy', 'string'],
  16: ['stdin', 'bool'],
  17: ['stdinOnce', 'bool'],
  18: ['tty', 'bool'],
  20: ['terminationMessagePolicy', 'string'],
};

const POD_TEMPLATE: Message = {
  1: ['metadata', METADATA],
  2: [
    'spec',
    {
      2: ['containers', CONTAINER, 'list'],
      3: ['restartPolicy', 'string'],
      4: ['terminationGracePeriodSeconds', 'int'],
      5: ['activeDeadlineSeconds', 'int'],
      6: ['dnsPolicy', 'string'],
      7: ['nodeSelector', 'string', 'map'],
      8: ['serviceAccountName', 'string'],
      9: ['serviceAccount', 'string'],
      10: ['nodeName', 'string'],
      11: ['hostNetwork', 'bool'],
      14: ['securityContext', {}],
      15: ['imagePullSecrets', REFERENCE, 'list'],
      19: ['schedulerName', 'string'],
      20: ['initContainers', CONTAINER, 'list'],
    },
  ],
};

const JOB_SPEC: Message = {
  1: ['parallelism', 'int'],
  2: ['completions', 'int'],
  3: ['activeDeadlineSeconds', 'int'],
  4: ['selector', { 1: ['matchLabels', 'string', 'map'] }],
  5: ['manualSelector', 'bool'],
  6: ['template', POD_TEMPLATE],
  7: ['backoffLimit', 'int'],
  8: ['ttlSecondsAfterFinished', 'int'],
  9: ['completionMode', 'string'],
  10: ['suspend', 'bool'],
  12: ['backoffLimitPerIndex', 'int'],
  13: ['maxFailedIndexes', 'int'],
  14: ['podReplacementPolicy', 'string'],
};

const CRON_JOB_SPEC: Message = {
  1: ['schedule', 'string'],
  2: ['startingDeadlineSeconds', 'int'],
  3: ['concurrencyPolicy', 'string'],
  4: ['suspend', 'bool'],
  5: ['jobTemplate', { 1: ['metadata', METADATA], 2: ['spec', JOB_SPEC] }],
  6: ['successfulJobsHistoryLimit', 'int'],
  7: ['failedJobsHistoryLimit', 'int'],
  8: ['timeZone', 'string'],
};

const RESOURCE_ATTRIBUTES: Message = {
  1: ['namespace', 'string'],
  2: ['verb', 'string'],
  3: ['group', 'string'],
  4: ['version', 'string'],
  5: ['resource', 'string'],
  6: ['subresource', 'string'],
  7: ['name', 'string'],
};

const ACCESS_REVIEW_SPEC: Message = {
  1: ['resourceAttributes', RESOURCE_ATTRIBUTES],
  2: ['nonResourceAttributes', { 1: ['path', 'string'], 2: ['verb', 'string'] }],
};

/** By `apiVersion/kind`. A status that a client sends is not read: it may not set one. */
export const MESSAGES: Readonly<Record<string, Message>> = {
  'v1/Namespace': { 1: ['metadata', METADATA], 2: ['spec', { 1: ['finalizers', 'string', 'list'] }], 3: ['status', {}] },
  'v1/Secret': {
    1: ['metadata', METADATA],
    2: ['data', 'bytes', 'map'],
    3: ['type', 'string'],
    4: ['stringData', 'string', 'map'],
    5: ['immutable', 'bool'],
  },
  'v1/ConfigMap': { 1: ['metadata', METADATA], 2: ['data', 'string', 'map'], 3: ['binaryData', 'bytes', 'map'], 4: ['immutable', 'bool'] },
  'v1/ServiceAccount': {
    1: ['metadata', METADATA],
    2: ['secrets', REFERENCE, 'list'],
    3: ['imagePullSecrets', REFERENCE, 'list'],
    4: ['automountServiceAccountToken', 'bool'],
  },
  'batch/v1/Job': { 1: ['metadata', METADATA], 2: ['spec', JOB_SPEC], 3: ['status', {}] },
  'batch/v1/CronJob': { 1: ['metadata', METADATA], 2: ['spec', CRON_JOB_SPEC], 3: ['status', {}] },
  'authorization.k8s.io/v1/SelfSubjectAccessReview': { 1: ['metadata', METADATA], 2: ['spec', ACCESS_REVIEW_SPEC], 3: ['status', {}] },
  'authorization.k8s.io/v1/SelfSubjectRulesReview': { 1: ['metadata', METADATA], 2: ['spec', { 1: ['namespace', 'string'] }], 3: ['status', {}] },
  'authentication.k8s.io/v1/SelfSubjectReview': { 1: ['metadata', METADATA], 2: ['status', {}] },
};

/** `runtime.Unknown`: what the magic number is followed by. */
export const ENVELOPE: Message = { 1: ['typeMeta', { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] }] };
export const ENVELOPE_RAW_FIELD = 2;
