import { simple } from './command';

/** Ends the simulated cluster of this window and goes back to the kubeconfig. */
export const closePlayground = simple(async ({ playground }) => {
  await playground.close();
});
