import type { AnyObject } from '../../kubeblocks/objects';
import type { Resource } from '../../kubeblocks/resource';
import { withTemplateDefaults } from './podDefaults';
import { withServiceDefaults } from './serviceDefaults';

/** What the API server itself fills in when it stores a built-in kind; the rest of the object comes from its author. */
export function withBuiltInDefaults(resource: Pick<Resource, 'group' | 'plural'>, object: AnyObject): AnyObject {
  return DEFAULTS[`${resource.group}/${resource.plural}`]?.(object) ?? object;
}

/** The status a kind is born with, whatever its author wrote there. */
export function initialStatus(resource: Pick<Resource, 'group' | 'plural'>): object | undefined {
  return INITIAL_STATUS[`${resource.group}/${resource.plural}`];
}

const INITIAL_STATUS: Readonly<Record<string, object>> = {
  '/namespaces': { phase: 'Active' },
  '/pods': { phase: 'Pending' },
  '/persistentvolumeclaims': { phase: 'Pending' },
  '/persistentvolumes': { phase: 'Pending' },
  '/services': { loadBalancer: {} },
  'batch/jobs': {},
  'batch/cronjobs': {},
  'apps/statefulsets': { replicas: 0, availableReplicas: 0 },
};

/** DefaultTolerationSeconds. */
const UNTIL_EVICTED = ['not-ready', 'unreachable'].map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));

const DEFAULTS: Readonly<Record<string, (object: AnyObject) => AnyObject>> = {
  '/namespaces': defaultNamespace,
  '/secrets': defaultSecret,
  '/pods': (pod) => withSpec(pod, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', serviceAccountName: 'default', tolerations: UNTIL_EVICTED }),
  '/persistentvolumeclaims': defaultClaim,
  '/persistentvolumes': (volume) => withSpec(volume, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
  '/services': withServiceDefaults,
  'batch/jobs': defaultJob,
  'batch/cronjobs': defaultCronJob,
  'apps/statefulsets': defaultStatefulSet,
  'storage.k8s.io/storageclasses': (storageClass) => ({
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    ...storageClass,
  }),
};

function withSpec(object: AnyObject, defaults: object): AnyObject {
  return { ...object, spec: { ...defaults, ...asRecord(object.spec) } };
}

/** A source in another namespace is dropped without a word: the gate for it (CrossNamespaceVolumeDataSource) is off unless somebody turns it on. */
function defaultClaim(claim: AnyObject): AnyObject {
  const { spec } = withSpec(claim, { volumeMode: 'Filesystem' });
  const { dataSourceRef, ...rest } = asRecord(spec);
  return { ...claim, spec: (asRecord(dataSourceRef).namespace ?? '') === '' ? spec : rest };
}

/** One pod at a time, found by labels with the job's own uid (`pkg/registry/batch/job/strategy.go`). */
function defaultJob(job: AnyObject): AnyObject {
  const { manualSelector, template, selector, podFailurePolicy } = asRecord(job.spec);
  const { name, uid = '' } = job.metadata;
  const isOwn = manualSelector !== true;
  const owned = { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': name, 'controller-uid': uid, 'job-name': name };
  const { metadata, ...rest } = asRecord(template);
  const { labels } = asRecord(metadata);
  const labelled = isOwn ? { ...rest, metadata: { ...asRecord(metadata), labels: { ...owned, ...asRecord(labels) } } } : template;
  const matchLabels = { 'batch.kubernetes.io/controller-uid': uid, ...asRecord(asRecord(selector).matchLabels) };
  const made = isOwn && { selector: { ...asRecord(selector), matchLabels }, manualSelector: false };
  const { spec } = withSpec(job, { backoffLimit: 6, completions: 1, parallelism: 1, completionMode: 'NonIndexed', podReplacementPolicy: podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed', suspend: false });
  const metadataOfJob = withTemplateLabels(job.metadata, labelled);
  return { ...job, metadata: metadataOfJob, spec: { ...asRecord(spec), ...made, ...(podFailurePolicy !== undefined && { podFailurePolicy: { rules: null, ...asRecord(podFailurePolicy) } }), ...(labelled !== undefined && { template: withTemplateDefaults(labelled) }) } };
}

/** A job without labels bears those of its pods. */
function withTemplateLabels(metadata: AnyObject['metadata'], template: unknown): AnyObject['metadata'] {
  const { labels } = asRecord(asRecord(template).metadata) as { readonly labels?: Readonly<Record<string, string>> };
  return labels === undefined || Object.keys(metadata.labels ?? {}).length > 0 ? metadata : { ...metadata, labels };
}

function defaultCronJob(job: AnyObject): AnyObject {
  const { spec } = withSpec(job, { concurrencyPolicy: 'Allow', failedJobsHistoryLimit: 1, successfulJobsHistoryLimit: 3, suspend: false });
  const { jobTemplate, ...rest } = asRecord(spec);
  const { spec: jobSpec, ...templateRest } = asRecord(jobTemplate);
  if (jobSpec === undefined) return { ...job, spec };
  const { template } = asRecord(jobSpec);
  return { ...job, spec: { ...rest, jobTemplate: { ...templateRest, spec: { ...asRecord(jobSpec), ...(template !== undefined && { template: withTemplateDefaults(template) }) } } } };
}

function defaultStatefulSet(set: AnyObject): AnyObject {
  const { spec } = withSpec(set, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    serviceName: '',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
  });
  const { template } = asRecord(spec);
  return { ...set, spec: { ...asRecord(spec), ...(template !== undefined && { template: withTemplateDefaults(template) }) } };
}

function defaultNamespace(namespace: AnyObject): AnyObject {
  const { metadata } = namespace;
  const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  return { ...namespace, metadata: { ...metadata, labels }, spec: { finalizers: ['kubernetes'], ...asRecord(namespace.spec) } };
}

/** `stringData` is write-only: it becomes part of `data`. */
function defaultSecret({ stringData, ...secret }: AnyObject): AnyObject {
  if (stringData === undefined) return { type: 'Opaque', ...secret };
  const encoded = Object.entries(asRecord(stringData)).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
  return { type: 'Opaque', ...secret, data: { ...asRecord(secret.data), ...(Object.fromEntries(encoded) as object) } };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
