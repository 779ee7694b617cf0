import { scenario, type Observer, type Scenario } from '../scenario';
import { backup, backups, batch, configMap, configMaps, core, JSON_PATCH, MERGE, secrets, STRATEGIC } from './objects';

const POD = { restartPolicy: 'Never', containers: [{ name: 'x', image: 'busybox' }] };

const of = (apiVersion: string, kind: string, name: string, rest: object): object => ({ apiVersion, kind, metadata: { name }, ...rest });
const pod = (spec: object, name = 'a'): object => of('v1', 'Pod', name, { spec });
const job = (spec: object, name = 'a'): object => of('batch/v1', 'Job', name, { spec });
const cronJob = (spec: object, name = 'a'): object => of('batch/v1', 'CronJob', name, { spec });
const claim = (spec: object, name = 'a'): object => of('v1', 'PersistentVolumeClaim', name, { spec });
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'x' };

async function account(api: Observer): Promise<void> {
  await api.quietly('POST', core(api, 'serviceaccounts'), { body: of('v1', 'ServiceAccount', 'default', {}) });
}

/** Only what is refused: what is taken carries the server's own defaults. */
async function refuse(api: Observer, path: string, bodies: readonly object[]): Promise<void> {
  for (const body of bodies) await api.call('POST', `${path}?dryRun=All`, { body });
}

/** Unknown and repeated fields, the rules of custom resources and of the built-in kinds. */
export const validating: readonly Scenario[] = [
  scenario('field validation of custom resources', async (api) => {
    const path = backups(api);
    const odd = backup('a', { foo: 1, bar: { x: 1 } }, { baz: 1 });
    const twice = '{"apiVersion":"dataprotection.kubeblocks.io/v1alpha1","kind":"Backup","metadata":{"name":"b"},"spec":{"backupMethod":"a","backupMethod":"b","backupPolicyName":"p"}}';
    const yaml = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata:\n  name: c\nspec:\n  backupMethod: a\n  backupMethod: b\n  backupPolicyName: p\n  foo: 1\n';
    for (const mode of ['Strict', 'Warn', 'Ignore', 'Nope']) {
      const query = `?fieldValidation=${mode}&dryRun=All`;
      await api.call('POST', `${path}${query}`, { body: odd });
      await api.call('POST', `${path}${query}`, { body: twice });
      await api.call('POST', `${path}${query}`, { body: yaml, type: 'application/yaml' });
    }
    const made = await api.quietly('POST', path, { body: backup('z') });
    for (const mode of ['Strict', 'Warn', 'Ignore']) {
      const query = `?fieldValidation=${mode}&dryRun=All`;
      await api.call('PUT', `${path}/z${query}`, { body: { ...made.json, spec: { ...(made.json.spec as object), foo: 1 } } });
      if (mode !== 'Strict') {
        await api.call('PATCH', `${path}/z${query}`, { body: { spec: { foo: 1 } }, type: MERGE });
        await api.call('PATCH', `${path}/z${query}`, { body: '{"spec":{"retentionPeriod":"1d","retentionPeriod":"2d"}}', type: MERGE });
        await api.call('PATCH', `${path}/z${query}`, { body: [{ op: 'add', path: '/spec/foo', value: 1 }], type: JSON_PATCH });
      }
    }
  }),
  scenario('field validation of built-in kinds', async (api) => {
    const path = configMaps(api);
    const odd = { ...configMap('a', {}, { baz: 1 }), foo: 1 };
    const twice = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"},"data":{"a":"1","a":"2"}}';
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: x\n  a: y\nfoo: 1\n';
    for (const mode of ['Strict', 'Warn', 'Ignore', 'Nope']) {
      const query = `?fieldValidation=${mode}&dryRun=All`;
      await api.call('POST', `${path}${query}`, { body: odd });
      await api.call('POST', `${path}${query}`, { body: twice });
      await api.call('POST', `${path}${query}`, { body: yaml, type: 'application/yaml' });
    }
    await api.quietly('POST', path, { body: configMap('z') });
    for (const mode of ['Warn', 'Ignore']) {
      const query = `?fieldValidation=${mode}&dryRun=All`;
      await api.call('PUT', `${path}/z${query}`, { body: odd });
      await api.call('PATCH', `${path}/z${query}`, { body: { foo: 1 }, type: MERGE });
      await api.call('PATCH', `${path}/z${query}`, { body: { foo: 1 }, type: STRATEGIC });
      await api.call('PATCH', `${path}/z${query}`, { body: '{"data":{"a":"1","a":"2"}}', type: MERGE });
      await api.call('PATCH', `${path}/z${query}`, { body: [{ op: 'add', path: '/foo', value: 1 }], type: JSON_PATCH });
    }
    await account(api);
    await api.call('POST', `${core(api, 'pods')}?fieldValidation=Strict`, { body: pod({ ...POD, foo: 1, containers: [{ name: 'x', image: 'x', bar: 1 }] }) });
  }),
  scenario('rules of custom resources', async (api) => {
    const ops = `/apis/operations.kubeblocks.io/v1alpha1/namespaces/${api.namespace}/opsrequests`;
    const request = (spec: object): object => of('operations.kubeblocks.io/v1alpha1', 'OpsRequest', 'a', { spec });
    await refuse(api, ops, [
      request({ type: 'Backup', clusterName: 'x', cancel: true }),
      request({ type: 'Nope', clusterName: 'x' }),
      request({ clusterName: 'x' }),
      request({ type: 'Upgrade', clusterName: 'x', upgrade: { components: [{ componentName: 'a' }] } }),
      request({ type: 'Switchover', clusterName: 'x', switchover: [{ instanceName: 'a' }] }),
      request({ type: 'Switchover', clusterName: 'x', switchover: [{ instanceName: 'a', componentName: 'a', componentObjectName: 'b' }] }),
      request({ type: 'HorizontalScaling', clusterName: 'x', horizontalScaling: [{ componentName: 'a', shards: 1, scaleOut: {} }] }),
      request({ type: 'HorizontalScaling', clusterName: 'x', horizontalScaling: [{ componentName: 7, shards: 1, scaleOut: {} }] }),
    ]);
    const policies = `/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${api.namespace}/backuppolicies`;
    const policy = (spec: object): object => of('dataprotection.kubeblocks.io/v1alpha1', 'BackupPolicy', 'a', { spec: { backupMethods: [{ name: 'x' }], ...spec } });
    await refuse(api, policies, [policy({}), policy({ target: {}, targets: [] }), policy({ target: { podSelector: {} }, backoffLimit: 100 })]);
    await api.quietly('POST', backups(api), { body: backup('a', { parameters: [{ name: 'x', value: '1' }] }) });
    await api.call('PATCH', `${backups(api)}/a`, { body: { spec: { backupMethod: 'other' } }, type: MERGE });
    await api.call('PATCH', `${backups(api)}/a`, { body: { spec: { parameters: null } }, type: MERGE });
    await api.call('PATCH', `${backups(api)}/a`, { body: { spec: { parentBackupName: 'other' } }, type: MERGE });
    await api.call('PATCH', `${backups(api)}/a`, { body: { spec: { deletionPolicy: 'Retain' } }, type: MERGE });
  }),
  scenario('pods', async (api) => {
    await account(api);
    const x = { name: 'x', image: 'busybox' };
    await refuse(api, core(api, 'pods'), [
      pod({}),
      pod({ containers: [] }),
      pod({ containers: [{}] }),
      pod({ containers: [{ name: 'X', image: '' }] }),
      pod({ containers: [x, x] }),
      pod({ containers: [x], restartPolicy: 'Sometimes' }),
      pod({ containers: [{ ...x, imagePullPolicy: 'Sometimes' }] }),
      pod({ containers: [{ ...x, env: [{ name: '' }, { name: '1=2', value: 'x' }] }] }),
      pod({ containers: [{ ...x, volumeMounts: [{ name: 'v', mountPath: '/a' }] }] }),
      pod({ containers: [{ ...x, volumeMounts: [{ name: 'v' }] }], volumes: [{ name: 'v', emptyDir: {} }] }),
      pod({ containers: [x], volumes: [{ name: 'v', emptyDir: {} }, { name: 'v', emptyDir: {} }] }),
      pod({ containers: [x], volumes: [{ name: 'v', emptyDir: {}, configMap: { name: 'c' } }] }),
      pod({ containers: [x], volumes: [{ name: 'v', persistentVolumeClaim: {} }, { name: 'w', secret: {} }, { name: 'W', emptyDir: {} }] }),
      pod({ containers: [{ ...x, ports: [{ containerPort: 0 }, { containerPort: 70000, name: 'Too_Bad' }] }] }),
      pod({ containers: [{ ...x, resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }] }),
      pod({ containers: [{ ...x, resources: { requests: { cpu: 'x' } } }] }),
      pod({ containers: [x], dnsPolicy: 'x', serviceAccountName: 'A' }),
      pod(POD, 'A'),
      pod({ containers: 'x' }),
      pod({ containers: [{ ...x, command: 'x' }] }),
      pod({ containers: [{ ...x, stdin: 'x' }], terminationGracePeriodSeconds: 'x' }),
      pod({ ...POD, serviceAccountName: 'nobody' }),
    ]);
    await api.quietly('POST', core(api, 'pods'), { body: pod(POD) });
    await api.call('PATCH', `${core(api, 'pods')}/a`, { body: { spec: { restartPolicy: 'Always' } }, type: MERGE }).then(() => undefined);
  }),
  scenario('jobs and cron jobs', async (api) => {
    const template = { spec: POD };
    await refuse(api, batch(api, 'jobs'), [
      job({}),
      job({ template: {} }),
      job({ template: { spec: { containers: POD.containers } } }),
      job({ template: { spec: { ...POD, restartPolicy: 'Always' } } }),
      job({ template, backoffLimit: -1, completions: -1, parallelism: -1, activeDeadlineSeconds: -1, ttlSecondsAfterFinished: -1 }),
      job({ template, backoffLimit: 'x' }),
      job({ template, selector: { matchLabels: { a: 'b' } } }),
      job({ template, completionMode: 'x' }),
      job({ template, podFailurePolicy: {} }),
    ]);
    await api.quietly('POST', batch(api, 'jobs'), { body: job({ template }) });
    for (const spec of [{ completions: 3 }, { backoffLimit: 3 }, { selector: { matchLabels: { a: 'b' } } }, { completionMode: 'Indexed' }]) {
      if ('backoffLimit' in spec) await api.quietly('PATCH', `${batch(api, 'jobs')}/a`, { body: { spec }, type: MERGE });
      else await api.call('PATCH', `${batch(api, 'jobs')}/a`, { body: { spec }, type: MERGE });
    }
    const jobTemplate = { spec: { template } };
    await refuse(api, batch(api, 'cronjobs'), [
      cronJob({}),
      cronJob({ schedule: '* * * * *' }),
      cronJob({ schedule: '', jobTemplate }),
      cronJob({ schedule: '* * * *', jobTemplate }),
      cronJob({ schedule: '0 25 * * *', jobTemplate }),
      cronJob({ schedule: '* * * * * *', jobTemplate }),
      cronJob({ schedule: 'TZ=UTC 0 1 * * *', jobTemplate }),
      cronJob({ schedule: '@dayly', jobTemplate }),
      cronJob({ schedule: '0 1 * * mux', jobTemplate }),
      cronJob({ schedule: '0 1 5-2 * *', jobTemplate }),
      cronJob({ schedule: '*/0 1 * * *', jobTemplate }),
      cronJob({ schedule: '0 1 * * *', jobTemplate, timeZone: 'Nowhere/Land' }),
      cronJob({ schedule: '0 1 * * *', jobTemplate, concurrencyPolicy: 'x', startingDeadlineSeconds: -1, successfulJobsHistoryLimit: -1, failedJobsHistoryLimit: -1 }),
      cronJob({ schedule: '0 1 * * *', jobTemplate: { spec: { template: { spec: { containers: POD.containers } } } } }),
      cronJob({ schedule: '0 1 * * *', jobTemplate }, 'x'.repeat(53)),
    ]);
  }),
  scenario('claims', async (api) => {
    await refuse(api, core(api, 'persistentvolumeclaims'), [
      claim({}),
      claim({ ...CLAIM, accessModes: [] }),
      claim({ ...CLAIM, accessModes: ['Sometimes'] }),
      claim({ ...CLAIM, accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] }),
      claim({ ...CLAIM, resources: {} }),
      claim({ ...CLAIM, resources: { requests: { storage: '0' } } }),
      claim({ ...CLAIM, resources: { requests: { storage: 'x' } } }),
      claim({ ...CLAIM, resources: { requests: { storage: '-1Gi' } } }),
      claim({ ...CLAIM, storageClassName: 'A_B' }),
      claim({ ...CLAIM, volumeMode: 'x' }),
      claim({ ...CLAIM, dataSource: { kind: 'VolumeSnapshot', name: '' } }),
    ]);
    const path = core(api, 'persistentvolumeclaims');
    await api.quietly('POST', path, { body: claim(CLAIM) });
    for (const spec of [{ accessModes: ['ReadOnlyMany'] }, { storageClassName: 'y' }, { volumeMode: 'Block' }]) {
      const answer = await api.quietly('PATCH', `${path}/a`, { body: { spec }, type: MERGE });
      // The message goes on with a comparison of Go structs.
      await api.call('GET', `${path}?labelSelector=said%3D${String(answer.status)}`);
    }
    await api.call('PATCH', `${path}/a`, { body: { spec: { resources: { requests: { storage: '512Mi' } } } }, type: MERGE }).then(() => undefined);
  }),
  scenario('secrets, config maps, namespaces and accounts', async (api) => {
    await refuse(api, secrets(api), [
      of('v1', 'Secret', 'a', { data: { 'a b': 'dg==' } }),
      of('v1', 'Secret', 'a', { data: { k: 'not base64!' } }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/tls' }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/dockerconfigjson', data: { x: 'dg==' } }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'dg==' } }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/basic-auth' }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/ssh-auth' }),
      of('v1', 'Secret', 'a', { type: 'kubernetes.io/service-account-token' }),
      of('v1', 'Secret', 'a', { stringData: { 'a b': 'x' } }),
    ]);
    await refuse(api, configMaps(api), [
      of('v1', 'ConfigMap', 'a', { data: { 'a b': '' } }),
      of('v1', 'ConfigMap', 'a', { data: { a: '' }, binaryData: { a: 'dg==' } }),
      of('v1', 'ConfigMap', 'a', { data: { '..': '' } }),
      of('v1', 'ConfigMap', 'a', { data: { ['k'.repeat(254)]: '' } }),
    ]);
    await refuse(api, '/api/v1/namespaces', [of('v1', 'Namespace', 'a.b', {}), of('v1', 'Namespace', 'A', {}), of('v1', 'Namespace', 'x'.repeat(64), {})]);
    await refuse(api, core(api, 'serviceaccounts'), [of('v1', 'ServiceAccount', 'A', {}), of('v1', 'ServiceAccount', 'a', { secrets: 'x' })]);
  }),
];
