import type { AnyObject } from '../../kubeblocks/objects';
import { qualifiedName, type Resource } from '../../kubeblocks/resource';
import { validateCronJob, validateJob, validateJobUpdate } from './builtIn/jobs';
import { validateClaim, validateClaimUpdate } from './builtIn/claims';
import { validateConfigMap, validateConfigMapUpdate, validateSecret, validateSecretUpdate } from './builtIn/data';
import { validatePod, validatePodUpdate } from './builtIn/pods';
import type { FieldError } from './fieldError';

type Rule = (object: AnyObject) => readonly FieldError[];
type UpdateRule = (object: AnyObject, old: AnyObject) => readonly FieldError[];

const RULES: Readonly<Record<string, { readonly always: Rule; readonly update?: UpdateRule }>> = {
  pods: { always: validatePod, update: validatePodUpdate },
  persistentvolumeclaims: { always: validateClaim, update: validateClaimUpdate },
  secrets: { always: validateSecret, update: validateSecretUpdate },
  configmaps: { always: validateConfigMap, update: validateConfigMapUpdate },
  'jobs.batch': { always: validateJob, update: validateJobUpdate },
  'cronjobs.batch': { always: validateCronJob },
};

/** What Kubernetes refuses of its own kinds beside metadata, as far as one who backs up meets it (k8s.io/kubernetes pkg/apis). */
export function validateBuiltIn(resource: Resource, object: AnyObject, old: AnyObject | undefined): readonly FieldError[] {
  const rules = RULES[qualifiedName(resource)];
  if (rules === undefined) return [];
  return old === undefined ? rules.always(object) : (rules.update?.(object, old) ?? []);
}
