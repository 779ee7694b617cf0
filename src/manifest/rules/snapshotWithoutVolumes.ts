import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import type { Field } from '../field';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see pkg/dataprotection/backup/request.go: "targetVolumes is required for snapshotVolumes"
 * @see pkg/dataprotection/utils/utils.go: "can not find any volume by targetVolumes %v on pod %q"
 */
export const snapshotWithoutVolumes: Rule = {
  code: 'KB-P004',
  severity: 'error',
  title: 'Snapshot method that names no volume',
  lines: LINES,
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const { method, holder } of methodFields(context)) {
      const snapshot = method.at('snapshotVolumes');
      if (snapshot.boolean !== true || method.at('targetVolumes', 'volumes').items.length > 0) continue;
      const [only, another] = volumesOf(holder);
      context.report(snapshot, l10n.t('A snapshot method must name the volumes to snapshot in targetVolumes.volumes: every backup with {0} fails.', method.at('name').text ?? ''), { part: 'key', fixes: only === undefined || another !== undefined ? [] : [context.set(method.at('targetVolumes', 'volumes'), [only])] });
    }
  },
};

/** Those that the methods beside it name. */
function volumesOf(holder: Field): ReadonlySet<string> {
  const written = holder.at('backupMethods').items.map((method) => method.at('targetVolumes'));
  return new Set(written.flatMap((volumes) => [...volumes.at('volumes').items, ...volumes.at('volumeMounts').items.map((mount) => mount.at('name'))]).flatMap(({ text = '' }) => (/^[\w-]+$/.test(text) ? [text] : [])));
}
