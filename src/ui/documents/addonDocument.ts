import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import { addonCluster } from '../../kubeblocks/addonManifest';
import { rowName, type EngineRow } from '../../kubeblocks/engineMatrix';
import type { AnyObject } from '../../kubeblocks/objects';

/** Objects of an add-on as one text to save and apply, with a cluster to try them in a comment behind. */
export function addonDocument(row: EngineRow, objects: readonly AnyObject[]): string {
  const head = [
    l10n.t('{0} as a database of KubeBlocks that is backed up by snapshots of its volume.', rowName(row)),
    l10n.t('Save it, look through image and version, and apply it: kubectl apply -f FILE.'),
    l10n.t('The storage class of the volume must have snapshots.'),
  ];
  const example = [l10n.t('A cluster to try it with:'), ...yamlOf(addonCluster(row, 'default')).trimEnd().split('\n')];
  return `${comment(head)}${objects.map(yamlOf).join('---\n')}${comment(example)}`;
}

function yamlOf(object: AnyObject): string {
  return stringify(object, { lineWidth: 0 });
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}\n`).join('');
}
