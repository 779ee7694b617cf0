import * as l10n from '@vscode/l10n';
import { addonManifest, hasAddonManifest } from '../../kubeblocks/addonManifest';
import { matrixLine } from '../../kubeblocks/capabilities';
import { engineRows, rowName } from '../../kubeblocks/engineMatrix';
import { Cancelled, CommandError } from '../commandError';
import { addonDocument } from '../documents/addonDocument';
import { simple } from './command';
import { inventoryIfAny } from './inventoryIfAny';

/** Shows what can be applied for an engine that KubeBlocks has no add-on for. */
export const showAddonManifest = simple(async (app) => {
  const { settings, prompts, documents } = app;
  const inventory = await inventoryIfAny(app, []);
  const line = matrixLine(inventory?.line ?? settings.kubeblocksLine);
  const answer = await prompts.pick({
    title: l10n.t('Show Add-on Manifest'),
    placeholder: l10n.t('An engine that KubeBlocks has no add-on for'),
    choices: engineRows(line).filter(hasAddonManifest).map((row) => ({ label: rowName(row), icon: 'database', value: row })),
  });
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  const row = answer.value;
  const objects = addonManifest(row, line);
  if (objects === undefined) {
    throw new CommandError(l10n.t('No manifest for {0} can be shown: KubeBlocks {1} has another form of add-ons. Manifests are there for 1.0 and later.', rowName(row), line));
  }
  await documents.preview(`${row.addon}-addon.yaml`, addonDocument(row, objects));
});
