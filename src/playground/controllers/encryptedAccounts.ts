import type { Backup } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { readAll } from '../runtime/edits';
import type { World } from '../world';
import type { Secret } from '../workloads/workload';
import { decryptPassword, encryptPassword } from './accountCipher';
import { APPS_LABEL } from './clusterNames';
import { ANNOTATION, LABEL } from './names';

type Accounts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * What a Backup's annotation says of the system accounts of its cluster: component or sharding → account → ciphertext;
 * undefined for a cluster that has none.
 */
export function encryptedAccountsOf(namespace: string, cluster: string, world: World): string | undefined {
  const accounts: Record<string, Record<string, string>> = Object.create(null) as Record<string, Record<string, string>>;
  for (const { metadata, data } of readAll<Secret>(world, RESOURCES.secret, { namespace, labels: { [LABEL.instance]: cluster } })) {
    const { [APPS_LABEL.systemAccount]: account, [LABEL.sharding]: sharding, [LABEL.component]: component } = metadata.labels ?? {};
    const owner = sharding ?? component;
    if (account === undefined || owner === undefined || data?.password === undefined) continue;
    (accounts[owner] ??= {})[account] = encryptPassword(Buffer.from(data.password, 'base64').toString('utf8'), world.random);
  }
  return Object.keys(accounts).length === 0 ? undefined : JSON.stringify(accounts);
}

/** The password a restored account takes over: undefined where the backup carries none. Throws why it cannot be read. */
export function passwordFrom(backup: Backup, component: string, account: string): string | undefined {
  const text = backup.metadata.annotations?.[ANNOTATION.encryptedAccounts];
  if (text === undefined) return undefined;
  const ciphertext = (JSON.parse(text) as Accounts)[component]?.[account];
  if (ciphertext === undefined) return undefined;
  const password = decryptPassword(ciphertext);
  if (password === undefined) throw new Error('cipher: message authentication failed');
  return password;
}
