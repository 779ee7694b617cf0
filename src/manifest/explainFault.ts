import * as l10n from '@vscode/l10n';
import { ANNOTATIONS } from '../kubeblocks/labels';
import type { KubeBlocksLine } from '../kubeblocks/kinds';
import { rootField } from './field';
import type { Fix } from './fix';
import type { ManifestObject } from './manifestObject';
import { olderField } from './olderShapes';
import { renamedField } from './renamedFields';
import { specToAnnotation } from './restoreConversion';
import type { SchemaFault } from './schema/schemaFault';

export interface ExplainedFault extends SchemaFault {
  readonly fixes?: readonly Fix[];
}

/** What another KubeBlocks line calls so has a name here, or another shape, or another way. */
export function explainFault(fault: SchemaFault, object: ManifestObject, line: KubeBlocksLine): ExplainedFault {
  if (fault.code === 'schema/enum') return explainValue(fault, object, line);
  return fault.code === 'schema/unknown-field' ? explainField(fault, object, line) : fault;
}

/** KubeBlocks' own conversion reads it so (`apis/apps/v1alpha1/cluster_conversion.go` of 1.0). */
function explainValue(fault: SchemaFault, object: ManifestObject, line: KubeBlocksLine): ExplainedFault {
  const value = rootField(object.root).at(...fault.path).text;
  if (object.kind !== 'Cluster' || fault.path.join('.') !== 'spec.terminationPolicy' || value !== 'Halt') return fault;
  return { ...fault, changeTo: 'DoNotTerminate', message: l10n.t('KubeBlocks {0} has no termination policy Halt in {1}: the API server refuses it. Where it reads older manifests it takes it for DoNotTerminate; Delete is not the same, for it takes the volumes along.', line, object.apiVersion) };
}

function explainField(fault: SchemaFault, object: ManifestObject, line: KubeBlocksLine): ExplainedFault {
  if (object.kind === 'Cluster' && fault.path.join('.') === 'spec.restore') {
    const message = l10n.t('KubeBlocks {0} has no spec.restore, which came with 1.2: kubectl refuses the manifest, and other clients drop the field without a word, so that the cluster starts empty. Ask by the annotation {1}.', line, ANNOTATIONS.restoreFromBackup);
    return { ...fault, message, fixes: specToAnnotation(object, l10n.t('Convert to the annotation')) };
  }
  const key = String(fault.path.at(-1) ?? '');
  const current = renamedField(object.kind, fault.path, line);
  if (current !== undefined && !rootField(object.root).at(...fault.path.slice(0, -1), current).isWritten) {
    return { ...fault, meant: current, renameTo: current, message: l10n.t('KubeBlocks {0} has no field {1}, but calls it {2}: kubectl refuses the manifest, and other clients drop the field without a word.', line, key, current) };
  }
  const older = olderField(object, fault.path, line);
  if (older === undefined) return fault;
  const { code, path, part } = fault;
  return { code, path, part, message: l10n.t('KubeBlocks {0} has no field {1} here: kubectl refuses the manifest, and other clients drop the field without a word. {2}', line, key, older.instead), fixes: older.fixes };
}
