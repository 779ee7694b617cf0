import type { Collection, CollectionName, Inventory } from '../kubeblocks/inventory';
import { isJsonObject } from '../kubeblocks/json';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type {
  ActionSet,
  Backup,
  BackupAction,
  BackupMethod,
  BackupPolicy,
  BackupRepo,
  BackupSchedule,
  BackupTarget,
  Cluster,
  ComponentSpec,
  Condition,
  KubeObject,
  ObjectMeta,
  OpsRequest,
  OwnerReference,
  Parameter,
  ParametersSchema,
  Restore,
  RestoreAction,
  SchedulePolicy,
  StorageProvider,
  VolumeSnapshotClass,
  TimeRange,
} from '../kubeblocks/objects';
import { isObject } from './jsonReading';
import { anything, count, flag, listOf, mapOf, objectOf, shared, sharedPart, text, textOrCount, type Fields, type Shape } from './shape';

/** The kind of object a collection holds. */
export type ItemOf<Name extends CollectionName> = Inventory[Name] extends Collection<infer T> ? T : never;

type Spec<T extends { readonly spec?: unknown }> = NonNullable<T['spec']>;
type Status<T extends { readonly status?: unknown }> = NonNullable<T['status']>;

/** Longest annotation kept. The controllers keep whole objects and ciphertext in annotations. */
const LONGEST_ANNOTATION = 2048;
const DROPPED_ANNOTATIONS = new Set<string>([
  ANNOTATIONS.lastApplied,
  ANNOTATIONS.clusterSnapshot,
  ANNOTATIONS.encryptedAccounts,
  ANNOTATIONS.connectionPassword,
]);

const word = shared();
/** Times repeat within an object. */
const time = shared(200);

const shortText: Shape<string> = (value) => (typeof value === 'string' && value.length <= LONGEST_ANNOTATION ? value : undefined);
const plainAnnotations = mapOf(shortText, (key) => !DROPPED_ANNOTATIONS.has(key));

/** Of the cluster in the annotation only that it is there: without it nothing can be restored by a request. */
const annotations: Shape<Readonly<Record<string, string>>> = (value) => {
  const kept = plainAnnotations(value);
  const hasSnapshot = isObject(value) && typeof value[ANNOTATIONS.clusterSnapshot] === 'string';
  return kept !== undefined && hasSnapshot ? { ...kept, [ANNOTATIONS.clusterSnapshot]: '' } : kept;
};

const metadata = objectOf<ObjectMeta>(
  {
    name: text,
    namespace: word,
    generateName: text,
    uid: text,
    resourceVersion: text,
    generation: count,
    creationTimestamp: time,
    deletionTimestamp: time,
    labels: sharedPart(mapOf(word)),
    annotations: sharedPart(annotations),
    finalizers: sharedPart(listOf(word)),
    ownerReferences: listOf(
      objectOf<OwnerReference>(
        { apiVersion: word, kind: word, name: word, uid: word, controller: flag, blockOwnerDeletion: flag },
        ['apiVersion', 'kind', 'name', 'uid'],
      ),
    ),
  },
  ['name'],
);

const timeRange = sharedPart(objectOf<TimeRange>({ start: time, end: time, timeZone: word }), 50);
const conditions = listOf(
  objectOf<Condition>(
    { type: word, status: word, reason: word, message: text, lastTransitionTime: time, observedGeneration: count },
    ['type', 'status'],
  ),
);
const parameters = listOf(objectOf<Parameter>({ name: word, value: text }, ['name', 'value']));
const method = objectOf<BackupMethod>(
  {
    name: word,
    actionSetName: word,
    compatibleMethod: word,
    snapshotVolumes: flag,
    targetVolumes: objectOf<NonNullable<BackupMethod['targetVolumes']>>({ volumes: listOf(word) }),
  },
  ['name'],
);
const target = sharedPart(objectOf<BackupTarget>({ name: word, podSelector: objectOf<NonNullable<BackupTarget['podSelector']>>({ strategy: word }) }));
const parametersSchema: Shape<ParametersSchema> = objectOf<ParametersSchema>({
  type: word,
  required: listOf(word),
  properties: mapOf(
    objectOf<NonNullable<ParametersSchema['properties']>[string]>({
      type: word,
      description: text,
      default: anything,
      enum: listOf(anything),
      items: objectOf<{ readonly type?: string }>({ type: word }),
      minimum: count,
      maximum: count,
      pattern: text,
    }),
  ),
});

function kubeObject<T extends KubeObject>(fields: Omit<Fields<T>, keyof KubeObject>): Shape<T> {
  const all = { apiVersion: word, kind: word, metadata, ...fields } as unknown as Fields<T>;
  return objectOf<T>(all, ['metadata', 'apiVersion', 'kind']);
}

const backupAction = objectOf<BackupAction>({
  name: word,
  phase: word,
  actionType: word,
  targetPodName: word,
  objectRef: objectOf<NonNullable<BackupAction['objectRef']>>({ kind: word, name: text, namespace: word }),
  startTimestamp: time,
  completionTimestamp: time,
  failureReason: text,
  totalSize: text,
  timeRange,
  availableReplicas: count,
  volumeSnapshots: listOf(
    objectOf<NonNullable<BackupAction['volumeSnapshots']>[number]>({ name: text, volumeName: word, contentName: text, size: word }),
  ),
});

const restoreActions = listOf(
  objectOf<RestoreAction>({
    name: text,
    backupName: text,
    objectKey: text,
    status: word,
    message: text,
    startTime: time,
    endTime: time,
  }),
);

const componentSpec = objectOf<ComponentSpec>({ name: word, componentDef: word, serviceVersion: word, replicas: count, tls: flag, offlineInstances: listOf(word) });
const componentStatuses = mapOf(objectOf<{ readonly phase?: string; readonly message?: unknown }>({ phase: word, message: anything }));

/** The shardings of a Cluster of v1alpha1 (0.8, 0.9) stand under another name. */
function withShardings<T>(read: Shape<T>): Shape<T> {
  return (spec) => read(isJsonObject(spec) && !Object.hasOwn(spec, 'shardings') && Object.hasOwn(spec, 'shardingSpecs') ? { ...spec, shardings: spec['shardingSpecs'] } : spec);
}

/**
 * What is kept of each kind: the fields that `src/kubeblocks/objects.ts` declares. An object without a name is left
 * out; a field of the wrong type is as if it were absent.
 */
export const PROJECTIONS: { readonly [Name in CollectionName]: Shape<ItemOf<Name>> } = {
  clusters: kubeObject<Cluster>({
    spec: withShardings(objectOf<Spec<Cluster>>({
      clusterDef: word,
      topology: word,
      terminationPolicy: word,
      services: listOf(objectOf<NonNullable<Spec<Cluster>['services']>[number]>({ spec: objectOf<{ readonly type?: string }>({ type: word }) })),
      componentSpecs: listOf(componentSpec),
      shardings: listOf(objectOf<NonNullable<Spec<Cluster>['shardings']>[number]>({ name: word, template: componentSpec })),
      backup: objectOf<NonNullable<Spec<Cluster>['backup']>>({
        enabled: flag,
        method: word,
        cronExpression: word,
        retentionPeriod: word,
        repoName: word,
        pitrEnabled: flag,
        continuousMethod: word,
        incrementalBackupEnabled: flag,
        incrementalCronExpression: word,
      }),
      restore: anything,
    })),
    status: objectOf<Status<Cluster>>({
      phase: word,
      message: text,
      conditions,
      components: componentStatuses,
      shardings: componentStatuses,
    }),
  }),
  backups: kubeObject<Backup>({
    spec: sharedPart(
      objectOf<Spec<Backup>>({
        backupPolicyName: word,
        backupMethod: word,
        deletionPolicy: word,
        retentionPeriod: word,
        parentBackupName: word,
        parameters,
      }),
    ),
    status: objectOf<Status<Backup>>({
      phase: word,
      failureReason: text,
      deletionFailureReason: text,
      startTimestamp: time,
      completionTimestamp: time,
      expiration: time,
      duration: word,
      totalSize: word,
      timeRange,
      backupRepoName: word,
      backupMethod: sharedPart(method),
      parentBackupName: word,
      baseBackupName: word,
      path: text,
      target,
      targets: listOf(target),
      actions: listOf(backupAction),
    }),
  }),
  policies: kubeObject<BackupPolicy>({
    spec: objectOf<Spec<BackupPolicy>>({
      backupRepoName: word,
      backupMethods: listOf(method),
      retentionPolicy: word,
      target: objectOf<NonNullable<Spec<BackupPolicy>['target']>>({
        podSelector: objectOf<NonNullable<NonNullable<Spec<BackupPolicy>['target']>['podSelector']>>({ matchLabels: mapOf(word) }),
      }),
      targets: listOf(target),
    }),
    status: objectOf<Status<BackupPolicy>>({ phase: word, message: text, observedGeneration: count }),
  }),
  schedules: kubeObject<BackupSchedule>({
    spec: objectOf<Spec<BackupSchedule>>({
      backupPolicyName: word,
      startingDeadlineMinutes: count,
      schedules: listOf(
        objectOf<SchedulePolicy>(
          { name: word, backupMethod: word, cronExpression: word, enabled: flag, retentionPeriod: word, parameters },
          ['backupMethod', 'cronExpression'],
        ),
      ),
    }),
    status: objectOf<Status<BackupSchedule>>({ phase: word, failureReason: text, observedGeneration: count }),
  }),
  repos: kubeObject<BackupRepo>({
    spec: objectOf<Spec<BackupRepo>>({
      storageProviderRef: word,
      accessMethod: word,
      pvReclaimPolicy: word,
      volumeCapacity: textOrCount,
      config: mapOf(text),
      credential: objectOf<NonNullable<Spec<BackupRepo>['credential']>>({ name: text, namespace: word }),
      pathPrefix: text,
    }),
    status: objectOf<Status<BackupRepo>>({ phase: word, isDefault: flag, conditions, observedGeneration: count }),
  }),
  actionSets: kubeObject<ActionSet>({
    spec: objectOf<Spec<ActionSet>>({
      backupType: word,
      parametersSchema: objectOf<NonNullable<Spec<ActionSet>['parametersSchema']>>({ openAPIV3Schema: parametersSchema }),
      backup: objectOf<NonNullable<Spec<ActionSet>['backup']>>({ withParameters: listOf(word) }),
      restore: objectOf<NonNullable<Spec<ActionSet>['restore']>>({
        withParameters: listOf(word),
        baseBackupRequired: flag,
        prepareData: presence,
        postReady: listOf(presence),
      }),
    }),
    status: objectOf<Status<ActionSet>>({ phase: word, message: text }),
  }),
  storageProviders: kubeObject<StorageProvider>({
    spec: objectOf<Spec<StorageProvider>>({
      csiDriverName: word,
      storageClassTemplate: filled,
      persistentVolumeClaimTemplate: filled,
      datasafedConfigTemplate: filled,
      parametersSchema: objectOf<NonNullable<Spec<StorageProvider>['parametersSchema']>>({
        openAPIV3Schema: parametersSchema,
        credentialFields: listOf(word),
      }),
    }),
    status: objectOf<Status<StorageProvider>>({ phase: word, conditions }),
  }),
  restores: kubeObject<Restore>({
    spec: objectOf<Spec<Restore>>({
      backup: objectOf<NonNullable<Spec<Restore>['backup']>>({ name: text, namespace: word }),
      restoreTime: text,
    }),
    status: objectOf<Status<Restore>>({
      phase: word,
      startTimestamp: time,
      completionTimestamp: time,
      duration: text,
      conditions,
      actions: objectOf<NonNullable<Status<Restore>['actions']>>({ prepareData: restoreActions, postReady: restoreActions }),
    }),
  }),
  opsRequests: kubeObject<OpsRequest>({
    spec: objectOf<Spec<OpsRequest>>({
      type: word,
      clusterName: word,
      backup: objectOf<NonNullable<Spec<OpsRequest>['backup']>>({ backupName: text, backupMethod: word }),
      restore: objectOf<NonNullable<Spec<OpsRequest>['restore']>>({
        backupName: text,
        backupNamespace: word,
        restorePointInTime: text,
      }),
    }),
    status: objectOf<Status<OpsRequest>>({
      phase: word,
      progress: word,
      startTimestamp: time,
      completionTimestamp: time,
      conditions,
    }),
  }),
  snapshotClasses: kubeObject<VolumeSnapshotClass>({ driver: text }),
};

/** As below, of a text: an empty one is as good as none. */
function filled(value: unknown): unknown {
  return typeof value === 'string' && value !== '' ? true : undefined;
}

/** That it is there is all that matters: scripts are long. */
function presence(value: unknown): unknown {
  return value === undefined || value === null ? undefined : true;
}
