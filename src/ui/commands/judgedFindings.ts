import * as l10n from '@vscode/l10n';
import { hasErrors, type PlanFinding } from '../../kubeblocks/finding';
import type { JudgedPlan } from '../../manifest/planFindings';
import type { App } from '../app';

/**
 * What the manifest service finds in the objects of a plan, by the same rules as in a text, beside everything that is known
 * of the connected cluster. Nothing where the plan cannot be sent anyway.
 */
export async function judgedFindings(app: App, plan: JudgedPlan): Promise<readonly PlanFinding[]> {
  const { inventory } = app.active;
  if (inventory === undefined || hasErrors(plan.findings)) {
    return [];
  }
  const [{ planFindings, secretsOfPlan }, { inventoryFacts }, { secretReaderOf }] = await Promise.all([
    import('../../manifest/planFindings.js'),
    import('../../manifest/facts/inventoryFacts.js'),
    import('../connection/secretReaderOf.js'),
  ]);
  try {
    const secrets = await secretsOfPlan(plan, secretReaderOf(app.operations()), app.log);
    return planFindings(plan, [inventoryFacts(inventory), ...secrets], await app.dialectOf(inventory.line ?? '1.0'));
  } catch (error) {
    app.log.warn(`the rules could not be asked: ${error instanceof Error ? error.message : String(error)}`);
    return [{ severity: 'info', code: 'unjudged', message: l10n.t('The rules for manifests could not be asked; the log says why. The server judges it all the same.') }];
  }
}
