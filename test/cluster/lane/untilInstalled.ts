import type { AnyObject, KubeObject } from '../../../src/kubeblocks/objects';
import type { LaneApi } from './laneApi';
import type { ResourcePaths } from './resourcePaths';
import { untilObject } from './untilObject';

/** The phase in which KubeBlocks' controllers leave an object that is right. */
const SETTLED: Readonly<Record<string, string>> = {
  ActionSet: 'Available',
  BackupPolicyTemplate: 'Available',
  BackupRepo: 'Ready',
  ClusterDefinition: 'Available',
  ComponentDefinition: 'Available',
  ShardingDefinition: 'Available',
};

/** Waits until the controllers have taken every object of a kind they judge. */
export async function untilInstalled(api: LaneApi, paths: ResourcePaths, objects: readonly AnyObject[]): Promise<void> {
  await Promise.all(
    objects.map(async (object) => {
      const phase = SETTLED[object.kind];
      if (phase !== undefined) await untilObject(api, await paths.pathOf(object), phase, (each) => phaseOf(each) === phase);
    }),
  );
}

function phaseOf(object: KubeObject | undefined): string | undefined {
  return (object as { status?: { phase?: string } } | undefined)?.status?.phase;
}
