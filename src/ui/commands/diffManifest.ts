import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import type { AnyObject } from '../../kubeblocks/objects';
import { comparable } from '../../operations/comparable';
import { planChanges, type PlannedChange } from '../../operations/planChanges';
import type { App } from '../app';
import type { OpenManifest } from '../manifests';
import { simple } from './command';
import { choosePart, KNOWLEDGE, namesOf, requireManifest, valueOf } from './manifestTarget';
import { notify } from './notify';
import { requireInventory } from './pickObject';
import { requireOperations } from './requireOperations';

/** Shows what applying a manifest would change in the cluster, as the server works it out. */
export const diffManifest = simple(async (app, { argument }) => {
  const manifest = await requireManifest(app, argument);
  const { context, defaultNamespace } = await requireInventory(app, KNOWLEDGE);
  const title = l10n.t('Diff {0} Against {1}', manifest.name, context);
  const part = await choosePart(app, manifest, title, argument);
  const operations = requireOperations(app, context);
  const changes = valueOf(await app.prompts.busy({ title, placeholder: l10n.t('Asking the server…') }, (signal) => planChanges(operations, part.objects, defaultNamespace, signal)));
  if (changes.every(({ change }) => change === 'none')) {
    notify(app, 'info', l10n.t('No difference: {0} is in {1} as it is written.', namesOf(part.objects), context), []);
    return;
  }
  await showChanges(app, manifest, context, changes);
});

/** The cluster's objects beside what they would become, in the diff editor. */
export function showChanges(app: App, { name }: OpenManifest, context: string, changes: readonly PlannedChange[]): Promise<void> {
  const pairs = changes.map(({ live, result }) => comparable(live, result));
  const before = { name: l10n.t('{0} in {1}', name, context), text: yamlOf(pairs.flatMap((pair) => pair.before ?? [])) };
  return app.documents.compare(l10n.t('{0}: {1} ↔ as it is written', name, context), before, { name, text: yamlOf(pairs.map(({ after }) => after)) });
}

function yamlOf(objects: readonly AnyObject[]): string {
  return objects.map((object) => stringify(object, { sortMapEntries: true })).join('---\n');
}
