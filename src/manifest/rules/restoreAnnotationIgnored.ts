import * as l10n from '@vscode/l10n';
import { annotationToSpec } from '../restoreConversion';
import { RESTORE_ANNOTATION } from './restoreAnnotation';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks#10577
 * @see apecloud/kubeblocks#10755
 * @see seen on the 1.2 line: the Cluster runs, without a condition, and is empty
 */
export const restoreAnnotationIgnored: Rule = {
  code: 'KB-R001',
  severity: 'error',
  title: 'Restore annotation on a KubeBlocks that ignores it',
  lines: ['1.2'],
  kinds: ['Cluster'],
  check(context) {
    const annotation = context.annotation(RESTORE_ANNOTATION);
    if (!annotation.isWritten) return;
    context.report(annotation, l10n.t('KubeBlocks 1.2 ignores this annotation: the cluster will start empty. Use spec.restore, or an OpsRequest of type Restore.'), {
      part: 'key',
      fixes: annotationToSpec(context.object, l10n.t('Convert to spec.restore')),
    });
  },
};
