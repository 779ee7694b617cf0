import type { PlannedRestore } from './plannedRestore';
import type { RestorePlan } from './restorePlan';
import { changesComponents } from './restoreRequest';
import { rfc3339 } from './timeText';

/** Names of the files that the commands take, and of the place they run in. */
export interface CommandPlace {
  /** Undefined: whatever is current. */
  readonly context: string | undefined;
}

/** `kubectl create` with the manifest behind it, to paste into a shell. `create`, not `apply`: it never changes what exists. */
export function kubectlCommand(yaml: string, { context }: CommandPlace): string {
  const end = delimiterFor(yaml);
  const at = context === undefined ? '' : ` --context ${shellWord(context)}`;
  return `kubectl${at} create -f - <<'${end}'\n${yaml.replace(/\n?$/, '\n')}${end}\n`;
}

/**
 * `kbcli cluster restore`, which makes an OpsRequest of its own; undefined where it cannot say what the plan says:
 * it looks for the backup in the namespace of the new cluster alone, and knows no parameters nor changes.
 */
export function kbcliCommand({ request, target }: RestorePlan, { context }: CommandPlace): string | undefined {
  const { backup, restoreTime, volumeRestorePolicy, deferPostReadyUntilClusterRunning, parameters = [], env = [], way } = request;
  const key = env.find(({ name }) => name === 'DP_RESTORE_KEY_PATTERNS');
  const ignores = env.find(({ name }) => name === 'DP_RESTORE_KEY_IGNORE_ERRORS');
  const hasMore = parameters.length > 0 || env.some((each) => each !== key && each !== ignores) || changesComponents(request) || (request.others ?? []).length > 0;
  if (way !== 'opsRequest' || hasMore || (backup.metadata.namespace ?? target.namespace) !== target.namespace) {
    return undefined;
  }
  const words = [
    'kbcli', 'cluster', 'restore', target.name,
    '--namespace', target.namespace,
    ...(context === undefined ? [] : ['--context', context]),
    '--backup', backup.metadata.name,
    ...(restoreTime === undefined ? [] : ['--restore-to-time', rfc3339(restoreTime)]),
    ...(volumeRestorePolicy === undefined ? [] : ['--volume-restore-policy', volumeRestorePolicy]),
    ...(deferPostReadyUntilClusterRunning === true ? ['--restore-after-cluster-running'] : []),
    ...(key === undefined ? [] : ['--restore-key', key.value]),
    ...(ignores?.value === 'true' ? ['--restore-key-ignore-errors'] : []),
  ];
  return `${words.map(shellWord).join(' ')}\n`;
}

/** What to ask to see how the restore goes and that it is proved, one line each. */
export function proofCommands({ target, object }: PlannedRestore, { context }: CommandPlace): readonly string[] {
  const kubectl = `kubectl${context === undefined ? '' : ` --context ${shellWord(context)}`} -n ${shellWord(target.namespace)}`;
  if (object.kind === 'Restore') {
    const { name } = object.metadata;
    return [`${kubectl} get restores.dataprotection.kubeblocks.io ${shellWord(name)} -w`, `${kubectl} get jobs -l ${shellWord(`dataprotection.kubeblocks.io/restore=${name}`)}`, `${kubectl} get restores.dataprotection.kubeblocks.io ${shellWord(name)} -o yaml`];
  }
  return [
    ...(object.kind === 'OpsRequest' ? [`${kubectl} get opsrequests.operations.kubeblocks.io ${shellWord(object.metadata.name)} -w`] : []),
    `${kubectl} get clusters.apps.kubeblocks.io ${shellWord(target.name)} -w`,
    `${kubectl} get restores.dataprotection.kubeblocks.io -l ${shellWord(`app.kubernetes.io/instance=${target.name}`)}`,
    `${kubectl} get events --sort-by=.lastTimestamp`,
  ];
}

/** A word that no shell reads as anything but itself. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A line that the text does not have. */
function delimiterFor(text: string): string {
  const lines = new Set(text.split('\n'));
  for (let number = 0; ; number += 1) {
    const end = number === 0 ? 'EOF' : `EOF${number}`;
    if (!lines.has(end)) return end;
  }
}
