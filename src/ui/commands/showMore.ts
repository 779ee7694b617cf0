import { simple } from './command';

/** Draws a long list further. Called by the last line of the list. */
export const showMore = simple((app, { argument }) => {
  if (typeof argument === 'string') {
    app.views.showMore(argument);
  }
});
