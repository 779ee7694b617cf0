import { timingSafeEqual } from 'node:crypto';
import { forbidden } from '../store/statusErrors';
import type { ResourceRequest } from './resourceRequest';

/** As `rbac.authorization.k8s.io` has it: `*` stands for any. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** Who a bearer token belongs to, and what its bindings allow. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  /** Allowed everywhere. */
  readonly everywhere: readonly PolicyRule[];
  /** Allowed in this namespace besides. */
  readonly namespace?: string;
  readonly inNamespace: readonly PolicyRule[];
}

const KUBEBLOCKS = ['apps.kubeblocks.io', 'dataprotection.kubeblocks.io', 'operations.kubeblocks.io'];
const READ = ['get', 'list', 'watch'];
const WORKLOADS: readonly PolicyRule[] = [
  { verbs: READ, apiGroups: [''], resources: ['events', 'persistentvolumeclaims', 'pods', 'pods/log'] },
  { verbs: READ, apiGroups: ['batch'], resources: ['cronjobs', 'jobs'] },
];

export const ADMIN: User = {
  name: 'playground-admin',
  groups: ['system:masters', 'system:authenticated'],
  everywhere: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  inNamespace: [],
};

/** The users beside the administrator, for whoever wants to see what people with fewer rights see in this namespace. */
export function usersOf(namespace: string): readonly User[] {
  const user = (name: string, inNamespace: readonly PolicyRule[]): User => ({
    name: `playground-${name}`,
    groups: ['system:authenticated'],
    everywhere: [],
    namespace,
    inNamespace,
  });
  return [
    user('viewer', [{ verbs: READ, apiGroups: ['dataprotection.kubeblocks.io'], resources: ['*'] }]),
    user('developer', [{ verbs: [...READ, 'create', 'patch', 'update', 'delete'], apiGroups: KUBEBLOCKS, resources: ['*'] }, ...WORKLOADS]),
    user('nobody', []),
  ];
}

/** The rules that hold for a user in a namespace, or across the cluster where there is none. */
export function rulesFor({ everywhere, namespace, inNamespace }: User, asked: string | undefined): readonly PolicyRule[] {
  return asked !== undefined && asked === namespace ? [...everywhere, ...inNamespace] : everywhere;
}

export interface AccessQuestion {
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  /** Undefined for the whole cluster. */
  readonly namespace: string | undefined;
}

export function isAllowed(user: User, { verb, group, resource, namespace }: AccessQuestion): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  return rulesFor(user, namespace).some(({ verbs, apiGroups, resources }) => has(verbs, verb) && has(apiGroups, group) && has(resources, resource));
}

/** Throws the refusal that the API server would answer with. */
export function requireAllowed(user: User, request: ResourceRequest): void {
  const { verb, served, namespace, name, subresource } = request;
  const { resource } = served;
  const plural = subresource === undefined ? resource.plural : `${resource.plural}/${subresource}`;
  if (!isAllowed(user, { verb, group: resource.group, resource: plural, namespace })) {
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    throw forbidden(resource, name ?? '', `User "${user.name}" cannot ${verb} resource "${plural}" in API group "${resource.group}" ${where}`);
  }
}

/** Whose token a request bears. */
export function bearerOf(header: string | undefined, users: ReadonlyMap<string, User>): User | undefined {
  const sent = Buffer.from(header ?? '');
  const found = [...users].find(([token]) => {
    const expected = Buffer.from(`Bearer ${token}`);
    return sent.length === expected.length && timingSafeEqual(sent, expected);
  });
  return found?.[1];
}
