import type { AnyObject } from '../../../kubeblocks/objects';
import { isSame } from '../../store/isSame';
import { omit } from '../../store/omit';
import { forbidden, notSupported, required, type FieldError } from '../fieldError';
import { isObject, type JsonObject } from '../json';
import { containerErrors } from './containers';
import { listOf } from './named';
import { volumeErrors } from './volumes';

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
    ...volumeErrors(volumes, `${path}.volumes`),
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...containerErrors(containers, `${path}.containers`, names),
    ...containerErrors(initial, `${path}.initContainers`, names),
    ...(spec.restartPolicy === undefined || restartPolicies.some((known) => known === spec.restartPolicy)
      ? []
      : [notSupported(`${path}.restartPolicy`, spec.restartPolicy, restartPolicies)]),
  ];
}

const MAY_CHANGE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** A pod stays as it was made, but for images and when it ends. The message goes on with a comparison of Go structs. */
export function validatePodUpdate(pod: AnyObject, old: AnyObject): readonly FieldError[] {
  return isSame(fixedPart(pod.spec), fixedPart(old.spec)) ? validatePod(pod) : [...validatePod(pod), forbidden('spec', MAY_CHANGE)];
}

function fixedPart(spec: unknown): JsonObject {
  const { containers, initContainers, ...rest } = omit(isObject(spec) ? spec : {}, 'activeDeadlineSeconds', 'tolerations');
  const fixed = (each: unknown): readonly JsonObject[] => listOf(each).map((container) => omit(container, 'image'));
  return { ...rest, containers: fixed(containers), initContainers: fixed(initContainers) };
}
