import { parse } from 'yaml';
import type { AnyObject, Backup } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { readAll } from '../runtime/edits';
import { StatusError, type World } from '../world';
import { between, type Work } from './work';
import type { Pod } from './workload';

/**
 * The stand-in for the pod of a backup schedule's CronJob: it does what its script says, which is to create a Backup
 * (an incremental one only where a completed full backup exists).
 */
export function planScheduleWork(pod: Pod, world: World): Work {
  const script = pod.spec.containers[0]?.args?.[0] ?? '';
  const outcome = runScript(script, world);
  return { runMs: between(world, 1200, 1900), exitCode: outcome.exitCode, log: { 'backup-schedule': [outcome.output] } };
}

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Does what the script of a schedule's CronJob says, for `backup`, which its manifest comes to when it is read as YAML. */
export function runScript(script: string, world: World, backup?: (time: string) => AnyObject | undefined): Outcome {
  const guard = /kubectl get \S+ -n (\S+) --selector=(\S+) .*\.spec\.backupMethod=="([^"]+)"/.exec(script);
  if (guard !== null && !hasCompleted(world, guard[1] ?? '', guard[2] ?? '', guard[3] ?? '')) {
    return { exitCode: 0, output: 'No completed full backups found. Exiting.' };
  }
  const manifest = /<<EOF\n([\s\S]*?)\nEOF/.exec(script)?.[1];
  if (manifest === undefined) return { exitCode: 1, output: 'error: no objects passed to create' };
  try {
    const time = compactTime(world);
    const object = backup?.(time) ?? (parse(manifest.replace(/\$\(date -u \+'%Y%m%d%H%M%S'\)/, time)) as AnyObject);
    world.store.create(RESOURCES.backup, object);
    return { exitCode: 0, output: `backup.dataprotection.kubeblocks.io/${object.metadata.name} created` };
  } catch (error) {
    if (error instanceof StatusError) return { exitCode: 1, output: `Error from server (${error.reason}): ${error.message}` };
    throw error;
  }
}

function hasCompleted(world: World, namespace: string, selector: string, method: string): boolean {
  const labels = Object.fromEntries(selector.split(',').map((pair) => pair.split('=') as [string, string]));
  return readAll<Backup>(world, RESOURCES.backup, { namespace, labels }).some(
    ({ spec, status }) => spec?.backupMethod === method && status?.phase === 'Completed',
  );
}

/** `20261123184100`. */
function compactTime(world: World): string {
  return world.clock.timestamp().replace(/[-:TZ]/g, '');
}
