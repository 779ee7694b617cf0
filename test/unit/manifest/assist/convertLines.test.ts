import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES, type KubeBlocksLine } from '../../../../src/kubeblocks/kinds';
import { convert } from '../../../../src/manifest/assist/convert';
import { MANIFEST_SNIPPETS } from '../../../../src/manifest/assist/manifestSnippets';
import { plainText } from '../../../../src/manifest/assist/snippetsAt';
import { groupOf, isKubeBlocksGroup } from '../../../../src/manifest/dialect';
import { judgeFile } from '../../../../src/manifest/judgeFile';
import { readFile, type ManifestFile } from '../../../../src/manifest/manifestFile';
import type { ManifestFinding } from '../../../../src/manifest/manifestFinding';
import { dialectOf } from '../../../support/manifestDialect';

const FIXTURES = join(__dirname, '../../../fixtures/conversions');
const KINDS = ['ActionSet', 'Backup', 'BackupPolicy', 'BackupPolicyTemplate', 'BackupRepo', 'BackupSchedule', 'Cluster', 'OpsRequest', 'Restore', 'StorageProvider'];

/** Manifests as people write them on a line: the whole manifests that completion offers, and what the fixtures add. */
function writtenOn(line: KubeBlocksLine): readonly ManifestFile[] {
  const offered = MANIFEST_SNIPPETS.filter(({ lines }) => lines.includes(line)).map(({ body }) => plainText(body(dialectOf(line))));
  const fixtures = readdirSync(FIXTURES).map((name) => readFileSync(join(FIXTURES, name), 'utf8')).filter((text) => /^# kubeblocks: (.*)/.exec(text)?.[1]?.split(' ').includes(line));
  return [...offered, ...fixtures].map((text) => readFile(text));
}

const kindOf = (file: ManifestFile): string | undefined => file.documents.flatMap(({ document }) => document.objects).find(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion)))?.kind;
const inSchema = (findings: readonly ManifestFinding[]): string[] => findings.filter(({ source }) => source !== 'rule').map(({ code, message }) => `${code} ${message}`);
const fieldOf = ({ place }: ManifestFinding): string => (place.kind === 'path' ? String(place.path.findLast((step) => typeof step === 'string')) : '');

describe('converting each kind from each line to each other', () => {
  /** Kind, then field, then the pairs that leave it to a person. */
  const left = new Map<string, Map<string, string[]>>();

  for (const kind of KINDS) {
    for (const from of LINES) {
      for (const to of LINES.filter((line) => line !== from)) {
        it(`${kind}: ${from} to ${to} is right, or says what is left to a person`, () => {
          const files = writtenOn(from).filter((file) => kindOf(file) === kind);
          assert.notEqual(files.length, 0);
          for (const file of files) {
            assert.deepEqual(inSchema(judgeFile(file, [], dialectOf(from))), [], file.text);
            const { text, open } = convert(file, dialectOf(from), dialectOf(to), []);
            assert.deepEqual(inSchema(judgeFile(readFile(text), [], dialectOf(to))), inSchema(open), text);
            assert.equal(convert(readFile(text), dialectOf(to), dialectOf(to), []).text, text, 'converted twice');
            for (const finding of open.filter(({ source }) => source === 'schema')) note(kind, fieldOf(finding), `${from} ${to}`);
          }
        });
      }
    }
  }

  function note(kind: string, field: string, pair: string): void {
    const fields = left.get(kind) ?? new Map<string, string[]>();
    left.set(kind, fields);
    const pairs = fields.get(field) ?? [];
    fields.set(field, pairs.includes(pair) ? pairs : [...pairs, pair]);
  }

  it('leaves to a person what docs/manifests.md lists', () => {
    const table = rows(left).join('\n');
    const docs = readFileSync(join(__dirname, '../../../../docs/manifests.md'), 'utf8');
    assert.ok(docs.includes(table), `docs/manifests.md must have\n${table}`);
  });
});

/** A row for the fields of a kind that the same pairs leave. */
function rows(left: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): string[] {
  return KINDS.flatMap((kind) => {
    const byPairs = new Map<string, string[]>();
    for (const [field, pairs] of left.get(kind) ?? []) byPairs.set(pairsText(pairs), [...(byPairs.get(pairsText(pairs)) ?? []), `\`${field}\``]);
    return byPairs.size === 0 ? [`| ${kind} | nothing | |`] : [...byPairs].map(([pairs, fields]) => `| ${kind} | ${fields.sort().join(', ')} | ${pairs} |`);
  });
}

/** `0.9 to 1.2 → 0.7, 0.8`: all of the first to all of the second. */
function pairsText(pairs: readonly string[]): string {
  const byTargets = new Map<string, KubeBlocksLine[]>();
  for (const from of LINES) {
    const targets = LINES.filter((to) => pairs.includes(`${from} ${to}`));
    if (targets.length > 0) byTargets.set(range(targets), [...(byTargets.get(range(targets)) ?? []), from]);
  }
  return [...byTargets].map(([to, from]) => `${range(from)} → ${to}`).join('; ');
}

function range(lines: readonly KubeBlocksLine[]): string {
  const isWhole = LINES.indexOf(lines.at(-1) ?? '0.7') - LINES.indexOf(lines[0] ?? '0.7') === lines.length - 1;
  return lines.length > 2 && isWhole ? `${lines[0] ?? ''} to ${lines.at(-1) ?? ''}` : lines.join(', ');
}
