import * as l10n from '@vscode/l10n';
import type { StructuralSchema } from '../../kubeblocks/schema/crd';
import { pathText } from '../manifestPath';
import { schemaAt } from '../schema/schemaOf';
import { numbersWhere } from '../yaml/numbersWhere';
import type { Rule } from './rule';

/**
 * @see seen: the API server takes 1099511627776 where only format int32 bounds a field, and refuses it where a maximum does
 * @see seen on 1.0: one Cluster with such a number of replicas, and the manager fails to list any Cluster, "cannot unmarshal number … of type int32", until it is deleted
 */
export const numberTooLarge: Rule = {
  code: 'KB-X005',
  severity: 'error',
  title: 'Number that the controllers cannot hold',
  lines: ['0.7', '0.8', '0.9', '1.0', '1.1', '1.2'],
  kinds: ['ActionSet', 'Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupRepo', 'BackupSchedule', 'Cluster', 'ComponentDefinition', 'OpsRequest', 'Restore'],
  check(context) {
    const large = numbersWhere(context.object.root, (value) => value > MAX || value < MIN);
    const schema = large.length === 0 ? undefined : context.dialect.kindOf(context.object.apiVersion, context.object.kind)?.schema;
    for (const { path } of large) {
      if (!isTaken(context.root.at(...path).number ?? 0, schemaAt(schema, path))) continue;
      context.report(context.root.at(...path), l10n.t('{0} takes whole numbers from {1} to {2}. The API server lets this one pass, and no controller of KubeBlocks can read the object then: it stops working on all of its kind.', pathText(path), MIN, MAX));
    }
  },
};

const MAX = 2_147_483_647;
const MIN = -2_147_483_648;

/** Where the schema has a bound on that side, the API server has spoken. */
function isTaken(value: number, schema: StructuralSchema | undefined): boolean {
  return schema?.format === 'int32' && (value > 0 ? schema.maximum : schema.minimum) === undefined;
}
