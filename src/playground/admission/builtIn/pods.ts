import type { AnyObject } from '../../../kubeblocks/objects';
import { duplicate, invalid, notSupported, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { faultsOfLabel } from '../metadata/names';

/** Pods and the templates of pods, as far as volumes and containers go (k8s.io/kubernetes pkg/apis/core/validation). */

export function validatePod(pod: AnyObject): readonly FieldError[] {
  return validatePodSpec(pod.spec, 'spec', ['Always', 'OnFailure', 'Never']);
}

export function validatePodSpec(given: unknown, path: string, restartPolicies: readonly string[]): readonly FieldError[] {
  const spec = isObject(given) ? given : {};
  const volumes = listOf(spec.volumes);
  const names = new Set(volumes.map(({ name }) => name));
  const containers = listOf(spec.containers);
  const initial = listOf(spec.initContainers);
  return [
    ...namedErrors(volumes, `${path}.volumes`),
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...containerErrors(containers, `${path}.containers`, names),
    ...containerErrors(initial, `${path}.initContainers`, names),
    ...(spec.restartPolicy === undefined || restartPolicies.some((known) => known === spec.restartPolicy)
      ? []
      : [notSupported(`${path}.restartPolicy`, spec.restartPolicy, restartPolicies)]),
  ];
}

function containerErrors(containers: readonly JsonObject[], path: string, volumes: ReadonlySet<unknown>): readonly FieldError[] {
  const errors = containers.flatMap((container, index) => {
    const at = `${path}[${index}]`;
    return [
      ...nameErrors(container, containers.slice(0, index), at),
      ...(isMissing(container.image) ? [required(`${at}.image`)] : []),
      ...pullErrors(container.imagePullPolicy, `${at}.imagePullPolicy`),
      ...mountErrors(listOf(container.volumeMounts), `${at}.volumeMounts`, volumes),
    ];
  });
  return errors;
}

function namedErrors(items: readonly JsonObject[], path: string): readonly FieldError[] {
  return items.flatMap((item, index) => nameErrors(item, items.slice(0, index), `${path}[${index}]`));
}

function nameErrors({ name }: JsonObject, before: readonly JsonObject[], path: string): readonly FieldError[] {
  if (isMissing(name)) return [required(`${path}.name`)];
  const faults = faultsOfLabel(String(name)).map((fault) => invalid(`${path}.name`, name, fault));
  if (faults.length > 0) return faults;
  return before.some((other) => other.name === name) ? [duplicate(`${path}.name`, name)] : [];
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

function pullErrors(policy: unknown, path: string): readonly FieldError[] {
  return policy === undefined || PULL_POLICIES.some((known) => known === policy) ? [] : [notSupported(path, policy, PULL_POLICIES)];
}

function mountErrors(mounts: readonly JsonObject[], path: string, volumes: ReadonlySet<unknown>): readonly FieldError[] {
  return mounts.flatMap(({ name, mountPath }, index) => [
    ...(isMissing(name) ? [required(`${path}[${index}].name`)] : volumes.has(name) ? [] : [notFound(`${path}[${index}].name`, name)]),
    ...(isMissing(mountPath) ? [required(`${path}[${index}].mountPath`)] : []),
  ]);
}

function notFound(path: string, value: unknown): FieldError {
  return { path, reason: 'FieldValueNotFound', message: `Not found: ${JSON.stringify(value)}` };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === '';
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
