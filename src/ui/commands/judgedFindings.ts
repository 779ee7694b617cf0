import * as l10n from '@vscode/l10n';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import type { AnyObject, KubeObject } from '../../kubeblocks/objects';
import { redact } from '../../kubeblocks/redact';
import type { App } from '../app';

/** What a plan writes, and what was there before it. */
export interface JudgedPlan {
  /** Whole, as they will be. */
  readonly objects: readonly KubeObject[];
  /** As they are now: what the rules find in them already is not the plan's doing. */
  readonly before: readonly KubeObject[];
  /** What the plan says of itself. */
  readonly findings: readonly PlanFinding[];
}

/** Rules that say what a plan has said in its own words. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  retain: ['KB-B007'],
  retainExpires: ['KB-B007'],
};

/**
 * What the manifest service finds in the objects of a plan, by the same rules as in a text, beside everything that is known
 * of the connected cluster. Nothing where the plan cannot be sent anyway.
 */
export async function judgedFindings(app: App, { objects, before, findings }: JudgedPlan): Promise<readonly PlanFinding[]> {
  const { inventory } = app.active;
  if (inventory === undefined || hasErrors(findings)) {
    return [];
  }
  const [{ judge }, { objectOf }, { inventoryFacts }] = await Promise.all([import('../../manifest/judge.js'), import('../../manifest/manifestObject.js'), import('../../manifest/facts/inventoryFacts.js')]);
  try {
    const dialect = await app.dialectOf(inventory.line ?? '1.0');
    const found = (all: readonly KubeObject[]) => judge(all.map((object) => objectOf(withoutSecrets(object))), [inventoryFacts(inventory)], dialect);
    const known = new Set(found(before).map(({ code, message }) => `${code} ${message}`));
    const said = new Set(findings.flatMap(({ code }) => SAID[code] ?? []));
    return found(objects).flatMap(({ code, severity, message }) => (known.has(`${code} ${message}`) || said.has(code) ? [] : [{ code, severity: severity === 'hint' ? 'info' : severity, message }]));
  } catch (error) {
    app.log.warn(`the rules could not be asked: ${error instanceof Error ? error.message : String(error)}`);
    return [{ severity: 'info', code: 'unjudged', message: l10n.t('The rules for manifests could not be asked; the log says why. The server judges it all the same.') }];
  }
}

/** The rules ask for a Secret's keys alone. */
function withoutSecrets(object: KubeObject): AnyObject {
  return (object.kind === 'Secret' ? redact(object) : object) as AnyObject;
}
