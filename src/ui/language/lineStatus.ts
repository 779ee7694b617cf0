import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SpokenLine } from '../../manifest/session/languageSettings';
import { isYaml, LANGUAGE, mentionsKubeBlocks } from '../../manifest/session/manifestText';

/** Says in the language status by which line of KubeBlocks the manifest in front is judged. */
export class LineStatus {
  private item: vscode.LanguageStatusItem | undefined;

  constructor(private readonly lineOf: (document: vscode.TextDocument) => SpokenLine, private readonly context: () => string | undefined, private readonly onManifest: (isInFront: boolean) => void) {}

  update(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isYaml(document) || !mentionsKubeBlocks(document.getText())) {
      this.onManifest(false);
      this.dispose();
      return;
    }
    this.onManifest(true);
    const spoken = this.lineOf(document);
    this.item ??= vscode.languages.createLanguageStatusItem('kubeblocksBackup.line', { language: LANGUAGE });
    this.item.name = l10n.t('KubeBlocks version');
    this.item.text = l10n.t('KubeBlocks {0}', spoken.line);
    this.item.detail = this.reasonFor(spoken);
    this.item.command = { command: 'workbench.action.openSettings', title: l10n.t('Change'), arguments: ['kubeblocksBackup.kubeblocksVersion'] };
  }

  dispose(): void {
    this.item?.dispose();
    this.item = undefined;
  }

  private reasonFor({ from }: SpokenLine): string {
    switch (from) {
      case 'setting':
        return l10n.t('as the settings say');
      case 'cluster':
        return l10n.t('as cluster {0} runs', this.context() ?? '');
      case 'newest':
        return l10n.t('the newest; no cluster is connected');
    }
  }
}
