import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINES, type KubeBlocksLine } from '../../src/kubeblocks/kinds';
import type { Severity } from '../../src/kubeblocks/finding';
import type { KubeObject } from '../../src/kubeblocks/objects';
import { PROJECTIONS } from '../../src/kubernetes/projection';
import type { FactKind, FactSource } from '../../src/manifest/facts/facts';
import { COLLECTIONS } from '../../src/manifest/facts/inventoryFacts';
import { judgeFile } from '../../src/manifest/judgeFile';
import { readFile, type ManifestFile } from '../../src/manifest/manifestFile';
import { plainObject, type ManifestObject } from '../../src/manifest/manifestObject';
import { spanInFile } from '../../src/manifest/place';
import type { Rule } from '../../src/manifest/rules/rule';
import { dialectOf } from './manifestDialect';

/** One manifest of `test/fixtures/rules/CODE/`; docs/rules/README.md says how they are written. */
export interface RuleFixture {
  readonly name: string;
  readonly text: string;
  readonly lines: readonly KubeBlocksLine[];
  readonly isWrong: boolean;
  readonly cluster: FactSource | undefined;
}

const FIXTURES = join(__dirname, '..', 'fixtures', 'rules');

export function ruleFixtures({ code, lines }: Rule): readonly RuleFixture[] {
  const folder = join(FIXTURES, code);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^(?:wrong|right)-[\w-]+\.yaml$/.test(name)).sort();
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const clusterFile = join(folder, name.replace(/\.yaml$/, '.cluster.yaml'));
    const given = /^# kubeblocks: (.*)$/m.exec(text)?.[1]?.split(/[ ,]+/) ?? [];
    const spoken = LINES.filter((line) => given.includes(line));
    return {
      name,
      text,
      lines: spoken.length > 0 ? spoken : [lines.includes('1.0') ? '1.0' : (lines.at(-1) ?? '1.0')],
      isWrong: name.startsWith('wrong-'),
      cluster: existsSync(clusterFile) ? clusterFacts(readFileSync(clusterFile, 'utf8')) : undefined,
    };
  });
}

/** What a cluster that holds these objects, and nothing else, would say: of what the inventory keeps, only the fields that it keeps. */
export function clusterFacts(text: string): FactSource {
  const objects = readFile(text).documents.flatMap(({ document }) => document.objects);
  const origin = { kind: 'cluster', name: 'kind-test' } as const;
  return {
    origin,
    list: (kind, namespace) => ({
      facts: objects.filter((object) => object.kind === kind && (namespace === undefined || object.namespace === undefined || object.namespace === namespace)).flatMap((object) => keptOf(object, kind) ?? []).map((object) => ({ object, origin })),
      complete: true,
    }),
  };
}

function keptOf(object: ManifestObject, kind: FactKind): KubeObject | undefined {
  const name = COLLECTIONS[kind];
  return name === undefined ? plainObject(object) : PROJECTIONS[name](plainObject(object));
}

/** `line:column-column CODE severity message`, one a finding, in the order of the text. */
export function foundIn({ text, cluster }: RuleFixture, line: KubeBlocksLine): string[] {
  const file = readFile(text);
  return judgeFile(file, cluster === undefined ? [] : [cluster], dialectOf(line)).map(({ place, code, severity, message }) => {
    const span = spanInFile(file, place) ?? { start: 0, end: 0 };
    return foundText(file, span.start, span.end, code, severity, message);
  });
}

function foundText(file: ManifestFile, start: number, end: number, code: string, severity: Severity, message: string): string {
  const from = file.lines.positionAt(start);
  const to = file.lines.positionAt(end);
  const columns = from.line === to.line ? `${from.character + 1}-${to.character + 1}` : `${from.character + 1}-${to.line + 1}:${to.character + 1}`;
  return `${from.line + 1}:${columns} ${code} ${severity} ${message}`;
}

/**
 * What a fixture expects: carets in a comment under the place, with code, severity and the beginning of the message; or,
 * where carets cannot stand, `# expect 7:12-20 CODE severity message` anywhere.
 */
export function expectedIn({ text }: RuleFixture): string[] {
  const lines = text.split('\n');
  const marked = lines.flatMap((line, index) => {
    const carets = /^#( *)(\^+) (.*)$/.exec(line);
    if (carets === null) return [];
    const [, before = '', under = '', words = ''] = carets;
    let target = index - 1;
    while (/^# *\^/.test(lines[target] ?? '')) target -= 1;
    const start = before.length + 2;
    return [`${target + 1}:${start}-${start + under.length} ${words}`];
  });
  const told = lines.flatMap((line) => /^# expect (\d+:.*)$/.exec(line)?.[1] ?? []);
  return [...marked, ...told];
}
