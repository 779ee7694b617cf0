import type * as vscode from 'vscode';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { Dialect } from '../../manifest/dialect';
import type { Facts } from '../../manifest/facts/facts';
import type { JudgeOptions } from '../../manifest/judge';
import { judgeInTurns } from '../../manifest/judgeFile';
import type { ManifestFile } from '../../manifest/manifestFile';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import type { OpenManifests } from '../../manifest/session/openManifests';
import type { HostTurns } from './hostTurns';

/** By the document's own line, unless another is named. */
export type Judgement = (document: vscode.TextDocument, signal: AbortSignal, line?: KubeBlocksLine) => Promise<{ readonly file: ManifestFile; readonly findings: readonly ManifestFinding[] }>;

export interface JudgementDeps {
  readonly files: OpenManifests;
  readonly turns: HostTurns;
  readonly lineOf: (document: vscode.TextDocument) => KubeBlocksLine;
  readonly dialectOf: (line: KubeBlocksLine) => Promise<Dialect>;
  readonly factsFor: (document: vscode.TextDocument) => Facts;
  readonly optionsFor: (document: vscode.TextDocument) => JudgeOptions;
}

/** Judges a document by the line, the facts and the options that hold for it now. */
export function createJudgement({ files, turns, lineOf, dialectOf, factsFor, optionsFor }: JudgementDeps): Judgement {
  return async (document, signal, line = lineOf(document)) => {
    const dialect = await dialectOf(line);
    const turn = turns.begin(signal);
    const file = await files.open(document.uri.toString(), document, turn);
    return { file, findings: await judgeInTurns(file, factsFor(document), dialect, turn, optionsFor(document)) };
  };
}
