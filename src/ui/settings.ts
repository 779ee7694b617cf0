import * as vscode from 'vscode';
import { LINES } from '../kubeblocks/kinds';
import type { Settings } from './app';
import type { ContextRuleSettings } from './connection/contextRules';
import { GROUPINGS, type GroupBy } from './views/groupings';

const SECTION = 'kubeblocksBackup';

export interface ExtensionSettings extends Settings, ContextRuleSettings {
  /** The kubeconfig that was chosen; undefined for what kubectl reads. */
  readonly kubeconfig: string | undefined;
  readonly playgroundSpeed: number;
  /** VS Code itself is told to use a proxy (`http.proxy`). */
  readonly hasProxy: boolean;
  onDidChange(listener: (change: { readonly kubeconfig: boolean }) => void): vscode.Disposable;
}

/** The settings, read when they are asked for. Values of a wrong type count as the default. */
export function createSettings(): ExtensionSettings {
  const read = (key: string): unknown => vscode.workspace.getConfiguration(SECTION).get(key);
  return {
    get kubeconfig() {
      const value = read('kubeconfig');
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    },
    get playgroundSpeed() {
      const value = read('playground.speed');
      return typeof value === 'number' && value > 0 ? value : 1;
    },
    get readOnlyContexts() {
      return namesIn(read('contexts.readOnly'));
    },
    get protectedContexts() {
      return namesIn(read('contexts.protected'));
    },
    get hasProxy() {
      return (vscode.workspace.getConfiguration('http').get<string>('proxy') ?? '') !== '';
    },
    get kubeblocksLine() {
      const value = read('kubeblocksVersion');
      return LINES.find((line) => line === value);
    },
    get backUpAs() {
      return read('backUp.as') === 'OpsRequest' ? 'OpsRequest' : 'Backup';
    },
    get groupBy() {
      const value = read('backupSets.groupBy') as GroupBy;
      return GROUPINGS.includes(value) ? value : 'cluster';
    },
    setGroupBy: async (value) => {
      await vscode.workspace.getConfiguration(SECTION).update('backupSets.groupBy', value, vscode.ConfigurationTarget.Global);
    },
    setKubeconfig: async (file) => {
      await vscode.workspace.getConfiguration(SECTION).update('kubeconfig', file === '' ? undefined : file, vscode.ConfigurationTarget.Global);
    },
    onDidChange: (listener) =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) {
          listener({ kubeconfig: event.affectsConfiguration(`${SECTION}.kubeconfig`) });
        }
      }),
  };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}
