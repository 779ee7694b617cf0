import type { Dialect } from '../dialect';
import type { Facts } from '../facts/facts';
import { judgeFile } from '../judgeFile';
import { updateFile, type ManifestFile } from '../manifestFile';
import type { ManifestFinding } from '../manifestFinding';
import type { ManifestObject } from '../manifestObject';
import { documentEdits } from './documentEdits';
import { editsOf } from './editsOf';
import { MOST_ROUNDS } from './fixRounds';
import { fixAll } from './fixesAt';
import { applyEdits, type TextEdit } from './textEdit';

export interface Conversion {
  /** The whole file as it would be, for a diff that is shown first. */
  readonly text: string;
  /** The same as edits of what is there now, one for each document that changes. */
  readonly edits: readonly TextEdit[];
  /** What the target line still finds and the line before did not: it is for a person to decide. */
  readonly open: readonly ManifestFinding[];
}

/**
 * Brings a file from one KubeBlocks line to another, by what the target finds wrong and knows how to put right. Objects in
 * the version that their line stores get the one that the target stores, unless something of them would be left to a person
 * then; while the target serves theirs, they keep it.
 */
export function convert(file: ManifestFile, from: Dialect, to: Dialect, facts: Facts): Conversion {
  const before = new Set(judgeFile(file, facts, from).map(({ code, message }) => `${code} ${message}`));
  const judged = (now: ManifestFile): readonly ManifestFinding[] => judgeFile(now, facts, to).filter(({ code, message }) => !before.has(`${code} ${message}`));
  const older = objectsOf(file).filter((object) => isKeptVersion(object, from, to));
  const raised = settle(raise(file, older, to), judged);
  const stuck = new Set(raised.open.flatMap(({ source, place }) => (source === 'schema' && place.kind === 'path' ? [nameOf(place.object)] : [])));
  const able = older.filter((object) => !stuck.has(nameOf(object)));
  const { now, open } = able.length === older.length ? raised : settle(raise(file, able, to), judged);
  return { text: now.text, edits: documentEdits(file, now), open };
}

interface Settled {
  readonly now: ManifestFile;
  readonly open: readonly ManifestFinding[];
}

function settle(file: ManifestFile, judged: (now: ManifestFile) => readonly ManifestFinding[]): Settled {
  let now = file;
  let open = judged(now);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const edits = fixAll(now, open);
    if (edits.length === 0) break;
    now = updateFile(now, applyEdits(now.text, edits));
    open = judged(now);
  }
  return { now, open };
}

/** Whether the target serves the version, but for the sake of older manifests. */
function isKeptVersion({ apiVersion, kind }: ManifestObject, from: Dialect, to: Dialect): boolean {
  return from.versionsOf(kind)[0] === apiVersion && to.kindOf(apiVersion, kind) !== undefined && to.versionsOf(kind)[0] !== apiVersion;
}

function raise(file: ManifestFile, objects: readonly ManifestObject[], to: Dialect): ManifestFile {
  const edits = objects.flatMap((object) => editsOf({ title: '', edits: [{ kind: 'setValue', object, path: ['apiVersion'], value: to.versionsOf(object.kind)[0] }] }, file));
  return edits.length === 0 ? file : updateFile(file, applyEdits(file.text, edits));
}

function objectsOf({ documents }: ManifestFile): readonly ManifestObject[] {
  return documents.flatMap(({ document }) => document.objects);
}

function nameOf({ kind, namespace = '', name = '' }: ManifestObject): string {
  return `${kind} ${namespace} ${name}`;
}
