import { LINES, type KubeBlocksLine } from '../../kubeblocks/kinds';
import { createFieldDocs, type FieldDocs } from '../assist/fieldDocs';
import type { Dialect } from '../dialect';
import type { FieldParts, FieldTexts } from '../fieldTexts';
import type { ReadSchema } from './dialects';

/** The kinds that have a file in `schemas/fields`. */
export const DESCRIBED_KINDS = ['ActionSet', 'Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupRepo', 'BackupSchedule', 'Restore', 'StorageProvider'] as const;

/** What fields mean and since when they exist, from the package's `schemas/`. */
export async function loadFieldDocs(read: ReadSchema, dialectOf: (line: KubeBlocksLine) => Promise<Dialect>): Promise<FieldDocs> {
  const [parts, texts, dialects] = await Promise.all([
    read('fields/parts.json'),
    Promise.all(DESCRIBED_KINDS.map(async (kind): Promise<[string, FieldTexts]> => [kind, (await read(`fields/${kind}.json`)) as FieldTexts])),
    Promise.all(LINES.map(async (line): Promise<[KubeBlocksLine, Dialect]> => [line, await dialectOf(line)])),
  ]);
  const byKind = new Map(texts);
  const byLine = new Map(dialects);
  return createFieldDocs({
    texts: (kind) => byKind.get(kind),
    parts: parts as FieldParts,
    dialectOf: (line) => {
      const dialect = byLine.get(line);
      if (dialect === undefined) throw new Error(`no dialect for ${line}`);
      return dialect;
    },
  });
}
