import { RESOURCES } from '../resources';
import { controllerOf, edit, read, readAll } from '../runtime/edits';
import type { Secret } from '../workloads/workload';
import type { Backup } from '../../kubeblocks/objects';
import type { World } from '../world';
import { accountSecretName, APPS_LABEL, COMPONENT_FINALIZER } from './clusterNames';
import { selectorLabels, type ComponentParts } from './componentParts';
import type { RestoreEntry } from './componentRestoreEntry';
import { passwordFrom } from './encryptedAccounts';

const PASSWORD_LENGTH = 16;

/**
 * Creates the Secrets of the system accounts. A component that is restored takes its passwords from the backup, and
 * does not get past a backup it cannot find: the returned message says why, in the controller's words.
 */
export function ensureAccounts(parts: ComponentParts, entry: RestoreEntry | undefined, world: World): string | undefined {
  for (const { name: account, passwordGenerationPolicy } of parts.definition.spec.systemAccounts ?? []) {
    if (parts.component.spec.systemAccounts?.some(({ name, secretRef }) => name === account && secretRef !== undefined) === true) continue;
    const name = accountSecretName(parts.cluster.metadata.name, parts.name, account);
    if (world.store.get(RESOURCES.secret, { namespace: parts.namespace, name }) !== undefined) continue;
    const restored = entry === undefined ? {} : restoredPassword(parts, entry, account, world);
    if (restored.error !== undefined) {
      return `failed to restore password for system account ${account} of component ${parts.name} from annotation, err: ${restored.error}`;
    }
    const password = restored.password ?? world.random.suffix(passwordGenerationPolicy?.length ?? PASSWORD_LENGTH);
    world.store.create(RESOURCES.secret, accountSecret(parts, account, password));
  }
  return undefined;
}

interface RestoredPassword {
  /** Absent where the backup carries none: a new one is made. */
  readonly password?: string | undefined;
  readonly error?: string;
}

function restoredPassword({ publicName }: ComponentParts, { name = '', namespace }: RestoreEntry, account: string, world: World): RestoredPassword {
  if (name === '') return { error: 'backup name not found in restore annotation' };
  if (namespace === undefined) return { error: 'backup namespace not found in restore annotation' };
  const backup = read<Backup>(world, RESOURCES.backup, { namespace, name });
  if (backup === undefined) return { error: `Backup.dataprotection.kubeblocks.io "${name}" not found` };
  try {
    return { password: passwordFrom(backup, publicName, account) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function accountSecret(parts: ComponentParts, account: string, password: string) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: accountSecretName(parts.cluster.metadata.name, parts.name, account),
      namespace: parts.namespace,
      labels: { ...selectorLabels(parts), [APPS_LABEL.systemAccount]: account },
      finalizers: [COMPONENT_FINALIZER],
      ownerReferences: [controllerOf(parts.component)],
    },
    type: 'Opaque',
    data: { username: base64(account), password: base64(password) },
  };
}

/** Lets the Secrets of a Component that goes go with it. */
export function releaseAccounts(namespace: string, labels: Readonly<Record<string, string>>, world: World): void {
  for (const secret of readAll<Secret>(world, RESOURCES.secret, { namespace, labels })) {
    edit(world, RESOURCES.secret, secret, { removeFinalizer: COMPONENT_FINALIZER });
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
