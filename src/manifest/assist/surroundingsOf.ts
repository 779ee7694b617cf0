import type { Facts } from '../facts/facts';
import { createSurroundings, type Surroundings } from '../facts/surroundings';
import type { ManifestFile } from '../manifestFile';

const known = new WeakMap<ManifestFile, { readonly facts: Facts; readonly around: Surroundings }>();

/** What is around the objects of a file, kept as long as neither it nor the facts change. */
export function surroundingsOf(file: ManifestFile, facts: Facts): Surroundings {
  const before = known.get(file);
  if (before?.facts === facts) return before.around;
  const made = createSurroundings(file.documents.flatMap(({ document }) => document.objects), facts);
  known.set(file, { facts, around: made });
  return made;
}
