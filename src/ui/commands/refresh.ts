import { simple } from './command';

/** Lists everything anew, and tries a lost connection at once. */
export const refresh = simple((app) => {
  app.active.refresh();
});
