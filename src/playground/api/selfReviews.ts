import { USER, type ApiContext } from './apiContext';
import { isForbidden } from './apiFaults';
import type { Reply } from './reply';
import { decodeBody, type RequestBody } from './requestBody';
import { isRecord } from './sentObject';

/** Answers to the reviews a client may ask about itself; undefined for other paths. */
export function reviewSelf(context: ApiContext, path: string, body: RequestBody): Reply | undefined {
  const answer = REVIEWS[path];
  if (answer === undefined) return undefined;
  const sent = body.text === '' ? {} : decodeBody(body).value;
  const spec = isRecord(sent) && isRecord(sent.spec) ? sent.spec : {};
  return { status: 201, body: answer(context, spec) };
}

type Spec = Readonly<Record<string, unknown>>;

const REVIEWS: Readonly<Record<string, (context: ApiContext, spec: Spec) => object>> = {
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': accessReview,
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': rulesReview,
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': ({ clock }) => ({
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: clock.timestamp() },
    status: { userInfo: USER },
  }),
};

/** The bearer of the token may do everything that no fault forbids. */
function accessReview({ faults }: ApiContext, spec: Spec): object {
  const attributes = isRecord(spec.resourceAttributes) ? spec.resourceAttributes : undefined;
  const verb = typeof attributes?.verb === 'string' ? attributes.verb : '';
  const plural = typeof attributes?.resource === 'string' ? attributes.resource : '';
  const denied = attributes !== undefined && isForbidden(faults, verb, plural);
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: denied ? { allowed: false } : { allowed: true },
  };
}

function rulesReview(_context: ApiContext, spec: Spec): object {
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: {
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    },
  };
}
