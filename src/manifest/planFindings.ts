import type { PlanFinding } from '../kubeblocks/finding';
import type { AnyObject, KubeObject } from '../kubeblocks/objects';
import { redact } from '../kubeblocks/redact';
import type { SecretReader } from '../kubeblocks/secretReader';
import { secretsNamedIn } from './assist/secretsNamedIn';
import type { Dialect } from './dialect';
import type { FactSource } from './facts/facts';
import { judge } from './judge';
import { objectOf } from './manifestObject';
import { NamedSecrets, type NamedSecretsDeps } from './session/namedSecrets';

/** What a plan writes, and what was there before it. */
export interface JudgedPlan {
  /** Whole, as they will be. */
  readonly objects: readonly KubeObject[];
  /** As they are now: what the rules find in them already is not the plan's doing. */
  readonly before: readonly KubeObject[];
  /** What the plan says of itself. */
  readonly findings: readonly PlanFinding[];
}

/** Rules that say what a plan has said in its own words, by the code of what it said. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  retain: ['KB-B007'],
  retainExpires: ['KB-B007'],
};

/**
 * What the rules for manifests find in the objects of a plan, beside what it says itself and what is not its doing.
 * `elsewhere`: codes that it says in a part of its own.
 */
export function planFindings({ objects, before, findings }: JudgedPlan, facts: readonly FactSource[], dialect: Dialect, elsewhere: readonly string[] = []): readonly PlanFinding[] {
  const found = (all: readonly KubeObject[]) => judge(all.map((object) => objectOf(withoutSecrets(object))), facts, dialect);
  const known = new Set(found(before).map(({ code, message }) => `${code} ${message}`));
  const said = new Set([...elsewhere, ...findings.flatMap(({ code }) => [code, ...(SAID[code] ?? [])])]);
  return found(objects).flatMap(({ code, severity, message }) => (known.has(`${code} ${message}`) || said.has(code) ? [] : [{ code, severity: severity === 'hint' ? 'info' : severity, message }]));
}

/** What a cluster has of the Secrets that a plan names and does not make itself. */
export async function secretsOfPlan({ objects }: Pick<JudgedPlan, 'objects'>, reader: SecretReader | undefined, logger: NamedSecretsDeps['logger']): Promise<readonly FactSource[]> {
  const secrets = new NamedSecrets({ reader: () => reader, now: () => 0, logger });
  await secrets.want(secretsNamedIn(objects.map((object) => objectOf(withoutSecrets(object)))));
  return secrets.source === undefined ? [] : [secrets.source];
}

/** The rules ask for a Secret's keys alone. */
function withoutSecrets(object: KubeObject): AnyObject {
  return (object.kind === 'Secret' ? redact(object) : object) as AnyObject;
}
