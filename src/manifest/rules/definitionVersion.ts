import * as l10n from '@vscode/l10n';
import type { Rule } from './rule';

/**
 * @see pkg/controllerutil/predicate.go ObjectAPIVersionSupported
 * @see seen on 1.0: without the annotation there is no status and no log
 */
export const definitionVersion: Rule = {
  code: 'KB-X003',
  severity: 'error',
  title: 'Definition that no KubeBlocks program takes up',
  lines: ['1.0', '1.1'],
  kinds: ['ClusterDefinition', 'ComponentDefinition', 'ComponentVersion'],
  check(context) {
    const { object, root } = context;
    const annotations = root.at('metadata', 'annotations');
    if (object.apiVersion !== VERSION || annotations.at(KEY).isWritten) return;
    const metadata = root.at('metadata');
    const edit = annotations.isWritten ? { path: annotations.path, key: KEY, value: VERSION } : { path: metadata.path, key: 'annotations', value: { [KEY]: VERSION } };
    context.report(root.at('apiVersion'), l10n.t('KubeBlocks {0} takes up a {1} of {2} only with the annotation {3}: without it nothing happens, and nothing says so.', context.line, object.kind, VERSION, KEY), {
      fixes: [{ title: l10n.t('Add the annotation'), edits: [{ kind: 'insert', object, ...edit }] }],
    });
  },
};

const KEY = 'kubeblocks.io/crd-api-version';
const VERSION = 'apps.kubeblocks.io/v1';
