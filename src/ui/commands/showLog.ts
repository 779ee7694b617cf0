import { simple } from './command';

/** Brings the log forward. */
export const showLog = simple((app) => {
  app.log.show();
});
