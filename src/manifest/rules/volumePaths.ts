import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks#9641: "can not find any volume by targetVolumes [/data] on pod"
 * @see pkg/dataprotection/backup/utils.go: volumes are found by the name they have in the pod
 */
export const volumePaths: Rule = {
  code: 'KB-P005',
  severity: 'error',
  title: 'Path where the name of a volume belongs',
  lines: LINES,
  kinds: ['BackupPolicy', 'BackupPolicyTemplate'],
  check(context) {
    for (const { method } of methodFields(context)) {
      const volumes = method.at('targetVolumes');
      for (const name of [...volumes.at('volumes').items, ...volumes.at('volumeMounts').items.map((mount) => mount.at('name'))]) {
        if (name.text?.includes('/') !== true) continue;
        // What is mounted there, or else is called as its only folder.
        const mounted = volumes.at('volumeMounts').items.find((mount) => mount.at('mountPath').text === name.text)?.at('name').text;
        const meant = [mounted, /^\/?([^/]+)\/?$/.exec(name.text)?.[1]].find((each) => each?.includes('/') === false);
        context.report(name, l10n.t('"{0}" is a path. Here belongs the name that the volume has in the pod, such as data: no pod has a volume of this name.', name.text), { fixes: context.changesTo(name, [meant]) });
      }
    }
  },
};
