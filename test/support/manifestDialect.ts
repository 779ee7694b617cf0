import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../src/kubeblocks/kinds';
import { createDialect, type Dialect } from '../../src/manifest/dialect';
import type { StorageProviderData } from '../../src/manifest/storageProviders';
import { loadCrds } from '../../src/playground/admission/loadCrds';

const SCHEMAS = join(__dirname, '..', '..', 'schemas');
const dialects = new Map<KubeBlocksLine, Dialect>();

/** The bundled dialect of a line. */
export function dialectOf(line: KubeBlocksLine): Dialect {
  const known = dialects.get(line);
  if (known !== undefined) return known;
  const providers = JSON.parse(readFileSync(join(SCHEMAS, 'storageProviders.json'), 'utf8')) as StorageProviderData;
  const dialect = createDialect({ line, crds: loadCrds(line, SCHEMAS), storageProviders: providers[line] });
  dialects.set(line, dialect);
  return dialect;
}
