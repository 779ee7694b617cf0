import { parse } from 'yaml';
import type { AnyObject, ObjectMeta } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { controllerOf, patchStatus, withCondition } from '../runtime/edits';
import type { World } from '../world';
import { ANNOTATION, LABEL, OPERATOR_NAMESPACE } from './names';
import { renderTemplate, repoDigest, type RepoParameters } from './repoParameters';
import type { Provider, Repo } from './shapes';

/** `pvc-<repo>-<6 random>` and the like. */
export function derivedName(repo: Repo, prefix: string, world: World): string {
  return `${`${prefix}-${repo.metadata.name}`.slice(0, 56)}-${world.random.suffix(6)}`;
}

/** What every object made for a repository carries. */
export function derivedMetadata(repo: Repo, name: string, namespace?: string, digest = repo.metadata.annotations?.[ANNOTATION.repoDigest] ?? ''): ObjectMeta {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { [LABEL.repoName]: repo.metadata.name },
    annotations: { [ANNOTATION.repoDigest]: digest },
    ownerReferences: [controllerOf(repo)],
  };
}

/** The CSI Secret and StorageClass of a provider that has templates for them, and the condition that says so. */
export function prepareDerivedObjects(repo: Repo, provider: Provider, parameters: RepoParameters, world: World): void {
  const secret = provider.spec?.csiDriverSecretTemplate === undefined ? undefined : ensureCsiSecret(repo, provider, parameters, world);
  const storageClass = provider.spec?.storageClassTemplate === undefined ? undefined : ensureStorageClass(repo, provider, parameters, world);
  const condition = {
    type: 'StorageClassCreated',
    status: 'True',
    reason: 'StorageClassCreated',
    message: '',
    lastTransitionTime: world.clock.timestamp(),
    observedGeneration: repo.metadata.generation ?? 1,
  };
  patchStatus(world, RESOURCES.backupRepo, repo, {
    conditions: withCondition(repo.status?.conditions, condition),
    ...(secret === undefined ? {} : { generatedCSIDriverSecret: { name: secret, namespace: OPERATOR_NAMESPACE } }),
    ...(storageClass === undefined ? {} : { generatedStorageClassName: storageClass }),
  });
}

function ensureCsiSecret(repo: Repo, provider: Provider, parameters: RepoParameters, world: World): string {
  const name = repo.status?.generatedCSIDriverSecret?.name ?? derivedName(repo, 'secret', world);
  if (world.store.get(RESOURCES.secret, { namespace: OPERATOR_NAMESPACE, name }) === undefined) {
    world.store.create(RESOURCES.secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: derivedMetadata(repo, name, OPERATOR_NAMESPACE, repoDigest(repo, parameters)),
      stringData: secretData(provider, parameters),
    });
  }
  return name;
}

function ensureStorageClass(repo: Repo, provider: Provider, parameters: RepoParameters, world: World): string {
  const name = repo.status?.generatedStorageClassName ?? derivedName(repo, 'sc', world);
  if (world.store.get(RESOURCES.storageClass, { name }) === undefined) {
    world.store.create(RESOURCES.storageClass, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, labels: { [LABEL.repoName]: repo.metadata.name }, ownerReferences: [controllerOf(repo)] },
      provisioner: provider.spec?.csiDriverName ?? '',
      ...classParameters(provider, parameters),
      reclaimPolicy: repo.spec?.pvReclaimPolicy ?? 'Retain',
      volumeBindingMode: 'Immediate',
    });
  }
  return name;
}

/** What a provider's template says, once its parameters are filled in. */
function renderedMap(template: string | undefined, parameters: RepoParameters): Readonly<Record<string, unknown>> {
  const value: unknown = template === undefined ? {} : parse(renderTemplate(template, parameters));
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function secretData(provider: Provider, parameters: RepoParameters): Readonly<Record<string, string>> {
  const data = renderedMap(provider.spec?.csiDriverSecretTemplate, parameters);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}

function classParameters(provider: Provider, values: RepoParameters): object {
  const { parameters } = renderedMap(provider.spec?.storageClassTemplate, values);
  return parameters === undefined ? {} : { parameters };
}

/** The Secret that tells datasafed where the storage is. */
export function toolConfigSecret(repo: Repo, provider: Provider, parameters: RepoParameters, at: { readonly namespace: string; readonly name: string }): AnyObject {
  const metadata = derivedMetadata(repo, at.name, at.namespace);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, labels: { ...metadata.labels, [LABEL.toolConfig]: 'true' } },
    stringData: { 'datasafed.conf': renderTemplate(provider.spec?.datasafedConfigTemplate ?? '', parameters) },
  };
}

/** The claim that mounts the storage. */
export function repoClaim(repo: Repo, provider: Provider, parameters: RepoParameters, at: { readonly namespace: string; readonly name: string }): AnyObject {
  const storageClassName = repo.status?.generatedStorageClassName ?? repo.spec?.config?.storageClassName;
  const template = renderedMap(provider.spec?.persistentVolumeClaimTemplate, parameters).spec as { readonly accessModes?: readonly string[] } | undefined;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: derivedMetadata(repo, at.name, at.namespace),
    spec: {
      accessModes: template?.accessModes ?? ['ReadWriteMany'],
      resources: { requests: { storage: String(repo.spec?.volumeCapacity ?? '0') } },
      ...(storageClassName === undefined ? {} : { storageClassName }),
    },
  };
}
