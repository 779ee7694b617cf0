import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseAddress, SCHEME } from '../documents/documentAddress';
import type { OpenPlans } from './openPlans';

/** What can be done with a plan, above its first line. A plan goes with its document. */
export function registerPlanLenses(plans: OpenPlans): vscode.Disposable {
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    const address = uri.scheme === SCHEME ? parseAddress(uri.query) : undefined;
    if (address?.form === 'preview') {
      plans.close(address.name);
    }
  });
  const lenses = vscode.languages.registerCodeLensProvider(
    { scheme: SCHEME, pattern: '**/preview/restore-*.txt' },
    {
      provideCodeLenses({ uri }) {
        const address = parseAddress(uri.query);
        if (address?.form !== 'preview' || plans.find(address.name) === undefined) {
          return [];
        }
        const lens = (title: string, command: string): vscode.CodeLens => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [{ plan: address.name }] });
        return [
          lens(`$(play) ${l10n.t('Start')}`, 'kubeblocksBackup.startRestorePlan'),
          lens(`$(edit) ${l10n.t('Change…')}`, 'kubeblocksBackup.changeRestorePlan'),
          lens(`$(export) ${l10n.t('Export…')}`, 'kubeblocksBackup.exportRestorePlan'),
        ];
      },
    },
  );
  return vscode.Disposable.from(closing, lenses);
}
