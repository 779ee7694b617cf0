import type { KubeObject } from '../kubeblocks/objects';
import type { Resource } from '../kubeblocks/resource';
import type { KubernetesApi } from './api';
import { isObject, listIn, objectIn, type JsonObject } from './jsonReading';

/** Whether something may be done in one namespace; undefined where the server cannot tell. */
export type Rights = (verb: string, resource: Pick<Resource, 'group' | 'plural'>) => boolean | undefined;

const RULES_REVIEWS: Resource = {
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectRulesReview',
  plural: 'selfsubjectrulesreviews',
  namespaced: false,
};

/**
 * Everything the user may do in a namespace, by one SelfSubjectRulesReview instead of a review for each verb and kind.
 * A list that is incomplete (webhook authorizers) allows what it names and leaves the rest open.
 */
export async function reviewRights(api: Pick<KubernetesApi, 'create'>, namespace: string, signal?: AbortSignal): Promise<Rights> {
  const review: KubeObject & { readonly spec: object } = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: RULES_REVIEWS.kind,
    metadata: { name: '' },
    spec: { namespace },
  };
  const { object } = await api.create(RULES_REVIEWS, review, signal === undefined ? {} : { signal });
  const status = objectIn(object, 'status');
  // A rule for named objects alone says nothing about others.
  const rules = listIn(status, 'resourceRules').filter((rule): rule is JsonObject => isObject(rule) && listIn(rule, 'resourceNames').length === 0);
  return (verb, { group, plural }) => {
    const isAllowed = rules.some((rule) => has(rule, 'verbs', verb) && has(rule, 'apiGroups', group) && has(rule, 'resources', plural));
    return isAllowed || (status.incomplete === true ? undefined : false);
  };
}

function has(rule: JsonObject, field: string, value: string): boolean {
  const list = listIn(rule, field);
  return list.includes('*') || list.includes(value);
}
