import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeBlocksLine } from '../../src/kubeblocks/kinds';
import type { AssistContext } from '../../src/manifest/assist/assistContext';
import { complete } from '../../src/manifest/assist/complete';
import type { CompletionItem } from '../../src/manifest/assist/completionItem';
import { createFieldDocs } from '../../src/manifest/assist/fieldDocs';
import { applyEdits } from '../../src/manifest/assist/textEdit';
import type { FactSource } from '../../src/manifest/facts/facts';
import type { FieldParts, FieldTexts } from '../../src/manifest/fieldTexts';
import { readFile, type ManifestFile } from '../../src/manifest/manifestFile';
import { dialectOf } from './manifestDialect';

const FIELDS = join(__dirname, '..', '..', 'schemas', 'fields');

/** A text with its cursor, written as `|`. */
export function atCaret(marked: string): { readonly file: ManifestFile; readonly offset: number } {
  const offset = marked.indexOf('|');
  if (offset < 0 || marked.includes('|', offset + 1)) throw new Error('a fixture has one caret');
  return { file: readFile(marked.replace('|', '')), offset };
}

export function assistContext(line: KubeBlocksLine = '1.0', facts: readonly FactSource[] = []): AssistContext {
  return { facts, dialect: dialectOf(line), docs, nowMs: Date.UTC(2026, 10, 23, 9, 58), timeZone: 'Asia/Kolkata' };
}

const docs = createFieldDocs({
  texts: (kind) => (FIELD_KINDS.has(kind) ? read<FieldTexts>(kind) : undefined),
  parts: read<FieldParts>('parts'),
  dialectOf,
});

const FIELD_KINDS: ReadonlySet<string> = new Set(['Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupSchedule', 'BackupRepo', 'ActionSet', 'StorageProvider', 'Restore']);

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(FIELDS, `${name}.json`), 'utf8')) as T;
}

export function completions(marked: string, context = assistContext()): readonly CompletionItem[] {
  const { file, offset } = atCaret(marked);
  return complete(file, offset, context);
}

export function labels(marked: string, context = assistContext()): readonly string[] {
  return completions(marked, context).map(({ label }) => label);
}

/** The text after an item is accepted. */
export function accepted(marked: string, label: string, context = assistContext()): string {
  const { file, offset } = atCaret(marked);
  const item = complete(file, offset, context).find((each) => each.label === label);
  if (item === undefined) throw new Error(`${label} is not offered`);
  return applyEdits(file.text, [{ ...item.range, newText: item.newText }]);
}
