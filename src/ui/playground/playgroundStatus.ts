import * as vscode from 'vscode';
import type { ActiveCluster } from '../connection/activeCluster';

/** Says in the status bar that what is shown is a simulation, for as long as it is. */
export function showPlaygroundStatus(active: ActiveCluster): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('kubeblocksBackup.playground', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('KubeBlocks playground');
  item.text = `$(beaker) ${vscode.l10n.t('KubeBlocks playground')}`;
  item.tooltip = vscode.l10n.t('The clusters shown are a simulation: nothing is real, and nothing outlives it. Click for another context.');
  item.command = 'kubeblocksBackup.chooseContext';
  const look = (): void => {
    if (active.inventory?.simulated === true) {
      item.show();
    } else {
      item.hide();
    }
  };
  const stop = active.onDidChange(look);
  look();
  return vscode.Disposable.from(item, { dispose: stop });
}
