import type { Field } from '../field';
import type { RuleContext } from './ruleContext';

/** A method where it is written, and what it falls back to. */
export interface MethodField {
  readonly method: Field;
  /** The map that holds `backupMethods`, and beside it `target`, `targets`, `schedules`. */
  readonly holder: Field;
}

/** The methods that a BackupPolicy or a BackupPolicyTemplate defines. */
export function methodFields(context: RuleContext): readonly MethodField[] {
  return methodHolders(context).flatMap((holder) => holder.at('backupMethods').items.map((method) => ({ method, holder })));
}

/** A template of 0.9 and older holds several policies, each with its own methods. */
export function methodHolders({ spec, object }: RuleContext): readonly Field[] {
  return object.kind === 'BackupPolicyTemplate' ? [spec, ...spec.at('backupPolicies').items] : [spec];
}
