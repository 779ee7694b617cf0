import * as vscode from 'vscode';

/** The context keys that `package.json` uses in `when` clauses, with their values. */
export interface ContextKeys {
  /** Where the connection stands; one welcome text each. */
  'kubeblocksBackup.state': ConnectionKey;
  /** What an empty Clusters, Backup Sets or Repositories view means. */
  'kubeblocksBackup.clusters': ViewKey;
  'kubeblocksBackup.backupSets': ViewKey;
  'kubeblocksBackup.repositories': ViewKey;
  /** The Backup Sets view shows only what matches a filter. */
  'kubeblocksBackup.filtered': boolean;
  /** The context that is shown may not be changed, by setting. */
  'kubeblocksBackup.readOnly': boolean;
  /** The editor in front holds a manifest of KubeBlocks. */
  'kubeblocksBackup.manifest': boolean;
  /** The editor in front is a diagnosis. */
  'kubeblocksBackup.diagnosis': boolean;
  /** This window runs a playground. */
  'kubeblocksBackup.playground': boolean;
}

export type ConnectionKey =
  | 'idle'
  | 'untrusted'
  | 'noKubeconfig'
  | 'unusable'
  | 'connecting'
  | 'connected'
  | 'noKubeBlocks'
  | 'failed';

export type ViewKey = 'loading' | 'items' | 'empty' | 'filtered' | 'forbidden';

export interface ContextKeyWriter {
  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void;
}

/** Sends a key to VS Code only when its value changed. */
export function createContextKeys(): ContextKeyWriter {
  const values = new Map<string, unknown>();
  return {
    set(key, value) {
      if (values.get(key) !== value) {
        values.set(key, value);
        void vscode.commands.executeCommand('setContext', key, value);
      }
    },
  };
}
