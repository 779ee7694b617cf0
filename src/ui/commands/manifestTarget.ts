import * as l10n from '@vscode/l10n';
import { hasErrors } from '../../kubeblocks/finding';
import type { CollectionName } from '../../kubeblocks/inventory';
import type { KubeBlocksLine } from '../../kubeblocks/kinds';
import type { AnyObject } from '../../kubeblocks/objects';
import { placeAt } from '../../manifest/manifestFile';
import type { ManifestDocument } from '../../manifest/manifestDocument';
import type { ManifestFinding } from '../../manifest/manifestFinding';
import { plainObject } from '../../manifest/manifestObject';
import { documentOf, spanInFile } from '../../manifest/place';
import type { App } from '../app';
import { Cancelled, CommandError } from '../commandError';
import { isManifestArgument, type OpenManifest } from '../manifests';
import type { Answer } from '../prompts/prompts';

/** What manifests are judged by. */
export const KNOWLEDGE: readonly CollectionName[] = ['clusters', 'backups', 'policies', 'schedules', 'repos', 'actionSets', 'storageProviders', 'snapshotClasses'];

export async function requireManifest(app: App, argument: unknown): Promise<OpenManifest> {
  const manifest = await app.manifests.open(argument);
  if (manifest === undefined) {
    throw new CommandError(l10n.t('There is no manifest to act on: the editor in front holds no YAML of KubeBlocks. Open one, and put the cursor into a document.'));
  }
  if (manifest.file.documents.some(({ document }) => document.isTemplate)) {
    throw new CommandError(l10n.t('{0} cannot be used: it is a template. Render it first, and open what comes out.', manifest.name));
  }
  return manifest;
}

/** Part of a manifest: some of its documents. */
export interface ManifestPart {
  readonly documents: readonly ManifestDocument[];
  readonly objects: readonly AnyObject[];
}

/** The document that a lens stands above; else that at the cursor, or the whole file where it holds others, as the person says. */
export async function choosePart(app: App, manifest: OpenManifest, title: string, argument: unknown): Promise<ManifestPart> {
  const filled = manifest.file.documents.map(({ document }) => document).filter((document) => document.objects.length > 0 || document.faults.length > 0);
  const here = placeAt(manifest.file, manifest.cursor)?.document;
  const whole = partOf(filled);
  const part = here === undefined || here.objects.length === 0 ? undefined : partOf([here]);
  if (isManifestArgument(argument) && part !== undefined) {
    return part;
  }
  if (part === undefined || part.objects.length === whole.objects.length) {
    return required(whole, manifest);
  }
  const answer = await app.prompts.pick({
    title,
    placeholder: l10n.t('What of {0}?', manifest.name),
    choices: [
      { label: namesOf(part.objects), description: l10n.t('the document at the cursor'), icon: 'file', value: part },
      { label: l10n.t('All {0} objects', whole.objects.length), description: l10n.t('the whole file'), detail: namesOf(whole.objects), icon: 'files', value: whole },
    ],
  });
  return valueOf(answer);
}

export function namesOf(objects: readonly AnyObject[]): string {
  return objects.map(({ kind, metadata }) => `${kind} ${(metadata as AnyObject['metadata'] | undefined)?.name ?? ''}`.trim()).join(', ');
}

/** What a line of KubeBlocks finds in a part. */
export async function findingsIn(manifest: OpenManifest, { documents }: ManifestPart, line: KubeBlocksLine): Promise<readonly ManifestFinding[]> {
  const chosen = new Set(documents);
  return (await manifest.judge(line)).filter(({ place }) => chosen.has(documentOf(place) as ManifestDocument));
}

/** Throws what was found where it is wrong for sure. */
export function refuseErrors(manifest: OpenManifest, findings: readonly ManifestFinding[], what: string): void {
  if (!hasErrors(findings)) {
    return;
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const words = l10n.t('{0}: {1} in line {2}: {3}', what, manifest.name, first === undefined ? 0 : lineOf(manifest, first), first?.message ?? '');
  throw new CommandError(errors.length > 1 ? l10n.t('{0} Errors in all: {1}. Correct them first.', words, errors.length) : l10n.t('{0} Correct it first.', words), {
    action: { label: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' },
  });
}

export function lineOf({ file }: OpenManifest, { place }: ManifestFinding): number {
  return file.lines.positionAt(spanInFile(file, place)?.start ?? 0).line + 1;
}

export function valueOf<T>(answer: Answer<T>): T {
  if (answer.kind !== 'value') {
    throw new Cancelled();
  }
  return answer.value;
}

function partOf(documents: readonly ManifestDocument[]): ManifestPart {
  return { documents, objects: documents.flatMap(({ objects }) => objects.map(plainObject)) };
}

function required(part: ManifestPart, { name }: OpenManifest): ManifestPart {
  if (part.objects.length === 0) {
    throw new CommandError(l10n.t('There is nothing to act on: {0} holds no object with a kind and an apiVersion. Write one.', name));
  }
  return part;
}
