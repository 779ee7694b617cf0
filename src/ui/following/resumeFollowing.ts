import type { App } from '../app';
import type { Operations } from '../connection/operations';
import type { Followed } from './followed';

/** Runs something in the background, logs it, and shows its failure once. */
export type RunInBackground = (what: string, task: () => Promise<void>) => Promise<void>;

/**
 * Goes on with what was waited for when the window was reloaded, on the first connection of its context. Nothing is
 * created: the objects are looked for by their names. Returns how to stop looking out for connections.
 */
export function resumeFollowing(app: App, run: RunInBackground): () => void {
  const seen = new WeakSet<object>();
  // It counts as waited for only once what waits has been read.
  const resuming = new Set<string>();
  return app.active.onDidChange(() => {
    const operations = app.operations();
    if (operations === undefined || seen.has(operations) || operations.session.inventory.connection.state !== 'connected') {
      return;
    }
    seen.add(operations);
    for (const followed of app.followed.toResume(operations.session.context)) {
      const key = JSON.stringify(followed);
      if (!resuming.has(key)) {
        resuming.add(key);
        const what = `following ${followed.kind} ${followed.namespace}/${followed.name} again`;
        void run(what, () => resume(app, operations, followed)).finally(() => resuming.delete(key));
      }
    }
  });
}

/** What follows is read when there is something to follow. */
async function resume(app: App, operations: Operations, followed: Followed): Promise<void> {
  switch (followed.kind) {
    case 'backup': {
      const { followBackup } = await import('../commands/followBackup.js');
      return followBackup(app, operations, followed, 'resumed');
    }
    case 'restore': {
      const { followRestore } = await import('../commands/followRestore.js');
      return followRestore(app, operations, followed, 'resumed');
    }
    case 'volumes': {
      const { followVolumes } = await import('../commands/followVolumes.js');
      return followVolumes(app, operations, followed, 'resumed');
    }
    case 'repository': {
      const { followRepository } = await import('../commands/followRepository.js');
      return followRepository(app, operations, followed, { how: 'resumed' });
    }
  }
}
