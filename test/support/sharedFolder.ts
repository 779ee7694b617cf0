import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Facts about KubeBlocks that lie beside some checkouts: CRDs of its releases, manifests of its add-ons. */
const SHARED = join(__dirname, '..', '..', '..', 'shared');

/**
 * The path of a folder of those facts. Where it is absent the test (or, in a `before` hook, its suite) is reported as
 * not run, with the reason.
 */
export function sharedFolder(context: Mocha.Context, name: string): string {
  const path = join(SHARED, name);
  if (!existsSync(path)) {
    process.stdout.write(`  not run: there is no folder ${join('..', 'shared', name)} beside this checkout\n`);
    context.skip();
  }
  return path;
}
