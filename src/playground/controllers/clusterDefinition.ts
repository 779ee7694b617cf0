import { RESOURCES } from '../resources';
import { patchStatus, read } from '../runtime/edits';
import type { Resource } from '../../kubeblocks/resource';
import type { KubeObject } from '../../kubeblocks/objects';
import type { Controller } from '../world';

/** The definitions of add-ons are Available as they come; the playground trusts what admission let in. */
function definitionController(name: string, resource: Resource): Controller {
  return {
    name,
    watches: [{ resource }],
    reconcile(ref, world) {
      const definition = read<KubeObject>(world, resource, ref);
      if (definition === undefined) return undefined;
      patchStatus(world, resource, definition, { phase: 'Available', observedGeneration: definition.metadata.generation ?? 1 });
      return undefined;
    },
  };
}

export const definitionControllers: readonly Controller[] = [
  definitionController('componentDefinition', RESOURCES.componentDefinition),
  definitionController('clusterDefinition', RESOURCES.clusterDefinition),
  definitionController('shardingDefinition', RESOURCES.shardingDefinition),
];
