import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { namesMeant } from '../nearestName';
import { methodFields } from './methodFields';
import type { Rule } from './rule';
import type { RuleContext } from './ruleContext';

/**
 * @see controllers/dataprotection/utils.go GetTargetPods: "failed to get target pods by backup policy"
 * @see apecloud/kubeblocks#5530: follower against secondary
 */
export const templateRole: Rule = {
  code: 'KB-P012',
  severity: 'warning',
  title: 'Target role that the component does not have',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8' && line !== '0.9'),
  kinds: ['BackupPolicyTemplate'],
  check(context) {
    const roles = knownRoles(context);
    if (roles === undefined) return;
    const targets = [context.spec.at('target'), ...methodFields(context).map(({ method }) => method.at('target'))];
    for (const field of targets.flatMap((target) => [target.at('role'), target.at('fallbackRole')])) {
      if (field.text === undefined || field.text === '' || roles.includes(field.text)) continue;
      context.report(field, l10n.t('No component of this template has the role {0} (there are {1}): backups of several replicas find no pod by it.', field.text, roles.join(', ')), { fixes: context.changesTo(field, namesMeant(field.text, roles)) });
    }
  },
};

/** Undefined where a definition that the template may mean is not known by its exact name, or says no roles. */
function knownRoles(context: RuleContext): string[] | undefined {
  const all: string[] = [];
  for (const { text } of context.spec.at('compDefs').items) {
    if (text === undefined || context.find('ComponentDefinition', text) === undefined) return undefined;
    // An exact name is a prefix too.
    const matched = context.all('ComponentDefinition').facts.filter(({ object }) => object.metadata.name.startsWith(text)).map(({ object }) => rolesOf(object));
    if (matched.some((roles) => roles.length === 0)) return undefined;
    all.push(...matched.flat());
  }
  return all.length === 0 ? undefined : [...new Set(all)];
}

function rolesOf(definition: object): string[] {
  const roles = (definition as { readonly spec?: { readonly roles?: unknown } }).spec?.roles;
  return Array.isArray(roles) ? roles.flatMap((role: unknown) => (typeof role === 'object' && role !== null && 'name' in role && typeof role.name === 'string' ? [role.name] : [])) : [];
}
