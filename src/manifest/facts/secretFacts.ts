import type { KubeObject } from '../../kubeblocks/objects';
import type { SecretKeys } from '../../kubeblocks/policyPlan';
import type { FactSource } from './facts';

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** What a cluster said of a Secret that was asked for by its name. */
export interface AskedSecret extends SecretName {
  readonly answer: SecretKeys | 'missing';
}

/** What is known of Secrets one by one: of others nothing. */
export function secretFacts(context: string, asked: readonly AskedSecret[]): FactSource {
  const missing = new Set(asked.flatMap(({ namespace, name, answer }) => (answer === 'missing' ? [`${namespace}/${name}`] : [])));
  const found = asked.flatMap(({ namespace, answer }) => (answer === 'missing' ? [] : [secretOf(namespace, answer)]));
  return { ...sourceOf(context, found), lacks: (kind, namespace, name) => kind === 'Secret' && missing.has(`${namespace}/${name}`) };
}

/** Names alone, to be offered: their keys are not known, so that no rule may be asked with them. */
export function secretNameFacts(context: string, namespace: string, names: readonly string[]): FactSource {
  return sourceOf(context, names.map((name) => secretOf(namespace, { name, keys: [] })));
}

function sourceOf(context: string, secrets: readonly KubeObject[]): FactSource {
  const origin = { kind: 'cluster', name: context } as const;
  const facts = secrets.map((object) => ({ object, origin }));
  const lists = new Map<string | undefined, { readonly facts: typeof facts; readonly complete: boolean }>();
  return {
    origin,
    list(kind, namespace) {
      if (kind !== 'Secret') return undefined;
      const list = lists.get(namespace) ?? { facts: facts.filter(({ object }) => namespace === undefined || object.metadata.namespace === namespace), complete: false };
      lists.set(namespace, list);
      return list;
    },
  };
}

function secretOf(namespace: string, { name, type, keys }: SecretKeys): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, ...(type !== undefined && { type }), data: Object.fromEntries(keys.map((key) => [key, ''])) } as KubeObject;
}
