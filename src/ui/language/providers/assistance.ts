import type * as vscode from 'vscode';
import type { AssistContext } from '../../../manifest/assist/assistContext';
import type { WorkspaceFile } from '../../../manifest/assist/location';
import type { Facts } from '../../../manifest/facts/facts';
import type { ManifestFile } from '../../../manifest/manifestFile';
import type { Turn } from '../../../manifest/readInTurns';
import type { ManifestFinding } from '../../../manifest/manifestFinding';

/** What every provider works with. */
export interface Assistance {
  /** The document as it is now, read in turns where it is long; undefined for one that is none of ours. */
  readonly fileOf: (document: vscode.TextDocument) => Promise<ManifestFile | undefined>;
  /** Begins a piece of work that may be long. */
  readonly turn: () => Turn;
  readonly contextOf: (document: vscode.TextDocument) => Promise<AssistContext>;
  /** Names of Secrets that the connected cluster has, where one is being written; nothing where it does not answer soon. */
  readonly secretNamesAt: (file: ManifestFile, offset: number, token: vscode.CancellationToken) => Promise<Facts>;
  /** What was found in the document as it is; empty while that is not known. */
  readonly findingsIn: (document: vscode.TextDocument) => readonly ManifestFinding[];
  /** What would be found in the document if it were this file. */
  readonly judged: (document: vscode.TextDocument, file: ManifestFile) => Promise<readonly ManifestFinding[]>;
  /** The other manifests of the workspace. */
  readonly others: (document: vscode.TextDocument) => readonly WorkspaceFile[];
  readonly otherFile: (uri: string) => ManifestFile | undefined;
}
