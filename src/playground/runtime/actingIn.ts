import type { Controller, World } from '../world';

/** Controllers that see and change this world, whichever the manager runs them in: in its store they have their own name. */
export function actingIn(world: World, controllers: readonly Controller[]): readonly Controller[] {
  return controllers.map((controller) => ({ ...controller, reconcile: (ref) => controller.reconcile(ref, world) }));
}
