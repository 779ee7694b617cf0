import type { ApiContext } from './apiContext';
import { isForbidden } from './apiFaults';
import type { Reply } from './reply';
import { decodeBody, type RequestBody } from './requestBody';
import { isRecord } from './sentObject';
import { isAllowed, rulesFor, type User } from './users';

/** Answers to the reviews a client may ask about itself; undefined for other paths. */
export function reviewSelf(context: ApiContext, user: User, path: string, body: RequestBody): Reply | undefined {
  const answer = REVIEWS[path];
  if (answer === undefined) return undefined;
  const sent = body.text === '' ? {} : decodeBody(body).value;
  const spec = isRecord(sent) && isRecord(sent.spec) ? sent.spec : {};
  return { status: 201, body: answer(context, spec, user) };
}

type Spec = Readonly<Record<string, unknown>>;

const REVIEWS: Readonly<Record<string, (context: ApiContext, spec: Spec, user: User) => object>> = {
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': accessReview,
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': rulesReview,
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': ({ clock }, _spec, user) => ({
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: clock.timestamp() },
    status: { userInfo: { username: user.name, uid: user.name, groups: user.groups } },
  }),
};

/** What the user may do is done unless a fault forbids it. */
function accessReview({ faults }: ApiContext, spec: Spec, user: User): object {
  const attributes = isRecord(spec.resourceAttributes) ? spec.resourceAttributes : undefined;
  const allowed = attributes === undefined || isAllowedBy(faults, attributes, user);
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: { allowed },
  };
}

/** Whom Kubernetes lets do everything. */
const MASTERS = 'system:masters';
const EVERY_PATH = [{ verbs: ['*'], nonResourceURLs: ['*'] }];
/** What the role system:discovery opens to everybody who is known. */
const OPEN_PATHS = [{ verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/openapi', '/openapi/*', '/readyz', '/version'] }];

function rulesReview(_context: ApiContext, spec: Spec, user: User): object {
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: {
      resourceRules: rulesFor(user, textIn(spec, 'namespace')),
      nonResourceRules: user.groups.includes(MASTERS) ? EVERY_PATH : OPEN_PATHS,
      incomplete: false,
    },
  };
}

function isAllowedBy(faults: ApiContext['faults'], attributes: Spec, user: User): boolean {
  const [verb, resource, subresource] = [textIn(attributes, 'verb') ?? '', textIn(attributes, 'resource') ?? '', textIn(attributes, 'subresource')];
  const plural = subresource === undefined ? resource : `${resource}/${subresource}`;
  const question = { verb, group: textIn(attributes, 'group') ?? '', resource: plural, namespace: textIn(attributes, 'namespace') };
  return isAllowed(user, question) && !isForbidden(faults, verb, resource);
}

/** Undefined for what is absent or empty. */
function textIn(value: Spec, field: string): string | undefined {
  const text = value[field];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
