import { RESOURCES } from '../resources';
import { read } from '../runtime/edits';
import type { World } from '../world';
import { parseBytes } from '../../kubeblocks/bytes';
import type { PersistentVolumeClaim, Pod } from './workload';

/** How many bytes of a simulated volume are in use; sample volumes may say it themselves. */
export const USED_BYTES_ANNOTATION = 'playground.kubeblocks-backup/used-bytes';

const USED_SHARE = 0.15;
const WITHOUT_VOLUME = 64 * 2 ** 20;

/** The data a worker pod reads: what its claims hold, or a little when it mounts none. */
export function dataBytes(pod: Pod, world: World): number {
  const claims = (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
  const used = claims.map((name) => usedBytes(pod.metadata.namespace ?? '', name, world));
  const total = used.reduce((sum, bytes) => sum + bytes, 0);
  return total === 0 ? WITHOUT_VOLUME : total;
}

function usedBytes(namespace: string, name: string, world: World): number {
  const claim = read<PersistentVolumeClaim>(world, RESOURCES.persistentVolumeClaim, { namespace, name });
  const said = Number(claim?.metadata.annotations?.[USED_BYTES_ANNOTATION]);
  if (Number.isFinite(said)) return said;
  return (parseBytes(claim?.spec?.resources?.requests?.storage) ?? 0) * USED_SHARE;
}
