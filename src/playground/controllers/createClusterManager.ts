import type { Controller } from '../world';
import { clusterController } from './cluster';
import { definitionControllers } from './clusterDefinition';
import { componentController } from './component';
import { opsRequestController } from './opsRequest';
import { policyDriverController } from './policyDriver';

/** KubeBlocks' cluster manager, and the driver that gives clusters their policies. */
export function createClusterManager(): readonly Controller[] {
  return [...definitionControllers, clusterController, componentController, policyDriverController, opsRequestController];
}
