import { simple } from './command';

/** Lists everything anew, tries a lost connection at once, and makes the open pages again. */
export const refresh = simple((app) => {
  app.active.refresh();
  app.documents.refreshOpen();
});
