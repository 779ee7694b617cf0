import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a CRD without its descriptions, as JSON: a quarter of its size, and read in no time. What a server accepts by it is
 * the same.
 * @param {string} from a file of YAML with one CRD
 * @param {string} to
 */
export async function writeBareCrd(from, to) {
  const { parse } = await import('yaml');
  const crd = parse(readFileSync(from, 'utf8'));
  for (const { schema } of crd.spec.versions) removeDescriptions(schema.openAPIV3Schema);
  writeFileSync(to, JSON.stringify(crd));
}

/** A property may have that name: its value is an object. @param {unknown} schema */
function removeDescriptions(schema) {
  if (typeof schema !== 'object' || schema === null) return;
  const fields = /** @type {Record<string, unknown>} */ (schema);
  if (typeof fields.description === 'string') delete fields.description;
  Object.values(fields).forEach(removeDescriptions);
}
