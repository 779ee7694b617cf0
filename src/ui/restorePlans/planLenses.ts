import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseAddress, SCHEME } from '../documents/documentAddress';
import type { OpenPlans } from './openPlans';

/** What can be done with a plan, above its first line. */
export function registerPlanLenses(plans: OpenPlans): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { scheme: SCHEME, pattern: '**/preview/restore-*.txt' },
    {
      provideCodeLenses({ uri }) {
        const address = parseAddress(uri.query);
        if (address?.form !== 'preview' || plans.find(address.name) === undefined) {
          return [];
        }
        const argument = { plan: address.name };
        const lens = (title: string, command: string): vscode.CodeLens => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [argument] });
        return [
          lens(`$(play) ${l10n.t('Start')}`, 'kubeblocksBackup.startRestorePlan'),
          lens(`$(edit) ${l10n.t('Change…')}`, 'kubeblocksBackup.changeRestorePlan'),
          lens(`$(export) ${l10n.t('Export…')}`, 'kubeblocksBackup.exportRestorePlan'),
        ];
      },
    },
  );
}
