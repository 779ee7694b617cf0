import { RESOURCES } from '../resources';
import { controllerOf, edit, read, readAll } from '../runtime/edits';
import type { Secret } from '../workloads/workload';
import type { Backup } from '../../kubeblocks/objects';
import type { World } from '../world';
import { accountSecretName, APPS_LABEL, COMPONENT_FINALIZER } from './clusterNames';
import { selectorLabels, type ComponentParts } from './componentParts';
import type { RestoreEntry } from './componentRestoreEntry';

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
    const error = entry === undefined ? undefined : backupError(entry, world);
    if (error !== undefined) {
      return `failed to restore password for system account ${account} of component ${parts.name} from annotation, err: ${error}`;
    }
    world.store.create(RESOURCES.secret, accountSecret(parts, account, passwordGenerationPolicy?.length ?? PASSWORD_LENGTH, world));
  }
  return undefined;
}

function backupError({ name = '', namespace }: RestoreEntry, world: World): string | undefined {
  if (name === '') return 'backup name not found in restore annotation';
  if (namespace === undefined) return 'backup namespace not found in restore annotation';
  if (read<Backup>(world, RESOURCES.backup, { namespace, name }) !== undefined) return undefined;
  return `Backup.dataprotection.kubeblocks.io "${name}" not found`;
}

function accountSecret(parts: ComponentParts, account: string, length: number, world: World) {
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
    data: { username: base64(account), password: base64(world.random.suffix(length)) },
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
