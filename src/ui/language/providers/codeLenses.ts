import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { KINDS, type KindId } from '../../../kubeblocks/kinds';
import type { KubeObject } from '../../../kubeblocks/objects';
import { codeLenses, type CodeLensData } from '../../../manifest/assist/codeLenses';
import { livePhase } from '../../../manifest/assist/livePhase';
import type { ManifestFile } from '../../../manifest/manifestFile';
import { inTurns } from '../../../manifest/session/inTurns';
import type { ManifestArgument } from '../../manifests';
import { refOf } from '../../objectRef';
import { withoutIcons } from '../../prompts/inertText';
import { toRange } from '../toDiagnostic';
import type { Assistance } from './assistance';

export interface CodeLensSettings {
  readonly isOn: (document: vscode.TextDocument) => boolean;
  /** Whether a cluster can be asked: there are commands for it, and the workspace is trusted. */
  readonly canAct: () => boolean;
  readonly onDidChange: vscode.Event<void>;
}

/** Above each manifest: apply it, compare it, and what the connected cluster has of it. Nothing is asked of the cluster for them. */
export function createCodeLenses({ fileOf, turn, contextOf }: Assistance, { isOn, canAct, onDidChange }: CodeLensSettings): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: onDidChange,
    async provideCodeLenses(document, token) {
      const context = isOn(document) ? await contextOf(document) : undefined;
      const file = await fileOf(document);
      if (context === undefined || file === undefined || token.isCancellationRequested) return [];
      const lensesIn = codeLenses(context);
      return inTurns(file.documents, (placed) => lensesIn(placed).flatMap((lens) => [...(canAct() ? actions(document, file, lens) : []), ...state(file, lens)]), turn());
    },
  };
}

function actions(document: vscode.TextDocument, file: ManifestFile, { range }: CodeLensData): readonly vscode.CodeLens[] {
  const argument: ManifestArgument = { manifest: document.uri.toString(), offset: range.start };
  const lens = (title: string, command: string): vscode.CodeLens => new vscode.CodeLens(toRange(file, range), { title, command, arguments: [argument] });
  return [lens(l10n.t('Apply…'), 'kubeblocksBackup.applyManifest'), lens(l10n.t('Diff Against Cluster'), 'kubeblocksBackup.diffManifest')];
}

function state(file: ManifestFile, { range, live }: CodeLensData): readonly vscode.CodeLens[] {
  if (live === undefined) return [];
  const phase = livePhase(live.object);
  const title = phase === undefined ? l10n.t('is in {0}', live.cluster) : l10n.t('{0} in {1}', phase, live.cluster);
  return [new vscode.CodeLens(toRange(file, range), { title: withoutIcons(title), ...shown(live.object) })];
}

/** A lens without a command is words alone. */
function shown(object: KubeObject): Pick<vscode.Command, 'command' | 'arguments'> {
  const kind = (Object.keys(KINDS) as KindId[]).find((id) => KINDS[id].kind === object.kind);
  return kind === undefined ? { command: '' } : { command: 'kubeblocksBackup.describe', arguments: [refOf(kind, object)] };
}
