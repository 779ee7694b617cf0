import * as l10n from '@vscode/l10n';
import { LINES } from '../../kubeblocks/kinds';
import { methodFields } from './methodFields';
import type { Rule } from './rule';

/**
 * @see apecloud/kubeblocks-addons#2621
 * @see apecloud/kubeblocks-addons addons/[engine]/dataprotection: these tools write to the storage themselves, past datasafed, which encrypts
 */
export const encryptionIgnored: Rule = {
  code: 'KB-P011',
  severity: 'warning',
  title: 'Backup method that ignores the encryption of its policy',
  lines: LINES.filter((line) => line !== '0.7' && line !== '0.8'),
  kinds: ['BackupPolicy'],
  check(context) {
    if (!context.spec.at('encryptionConfig').isWritten) return;
    for (const { method } of methodFields(context)) {
      const name = method.at('name');
      if (method.at('snapshotVolumes').boolean === true) {
        context.report(name, l10n.t('{0} snapshots volumes in the storage: encryptionConfig does not reach it.', name.text ?? ''));
      } else if (WRITES_ITSELF.has(method.at('actionSetName').text ?? '')) {
        context.report(name, l10n.t('{0} writes its backups without KubeBlocks: encryptionConfig does not reach them, and they lie unencrypted.', name.text ?? ''));
      }
    }
  },
};

/** Action sets of the add-ons whose tools go past datasafed. */
const WRITES_ITSELF: ReadonlySet<string> = new Set([
  'elasticsearch-physical-br',
  'milvus-full',
  'mongodb-rs-pbm-physical',
  'mongodb-rs-pbm-pitr',
  'mongodb-shard-pbm-logical',
  'mongodb-shard-pbm-physical',
  'mongodb-shard-pbm-pitr',
  'nebula-br',
  'oceanbase-ce-physical-br',
  'tidb-actionset-pitr',
  'tidb-br',
]);
