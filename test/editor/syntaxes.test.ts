import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

interface Token {
  /** Text. */
  readonly c: string;
  /** Scopes, from the whole file to the token. */
  readonly t: string;
}

/** What is used of `vscode-textmate`, which VS Code brings with it and tokenizes with. */
interface TextMate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: {
    readonly onigLib: Promise<unknown>;
    readonly loadGrammar: (scope: string) => Promise<unknown>;
    readonly getInjections: (scope: string) => readonly string[] | undefined;
  }) => { loadGrammar(scope: string): Promise<Grammar | null> };
  parseRawGrammar(text: string, file: string): unknown;
}

interface Grammar {
  tokenizeLine(line: string, before: unknown): { readonly tokens: readonly { readonly startIndex: number; readonly endIndex: number; readonly scopes: readonly string[] }[]; readonly ruleStack: unknown };
}

interface Oniguruma {
  loadWASM(bytes: ArrayBuffer): Promise<void>;
  createOnigScanner(patterns: string[]): unknown;
  createOnigString(text: string): unknown;
}

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

/** YAML's grammar as this VS Code has it, with what extensions inject into it, ours among them. */
async function loadYaml(): Promise<{ readonly grammar: Grammar; readonly start: unknown }> {
  const require = createRequire(path.join(vscode.env.appRoot, 'package.json'));
  const textmate = require('vscode-textmate') as TextMate;
  const oniguruma = require('vscode-oniguruma') as Oniguruma;
  const wasm = readFileSync(path.join(path.dirname(require.resolve('vscode-oniguruma')), 'onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const contributed = vscode.extensions.all.flatMap(({ extensionPath, packageJSON }) =>
    ((packageJSON as { readonly contributes?: { readonly grammars?: readonly Contribution[] } }).contributes?.grammars ?? []).map((grammar) => ({ ...grammar, file: path.join(extensionPath, grammar.path) })),
  );
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns: string[]) => oniguruma.createOnigScanner(patterns), createOnigString: (text: string) => oniguruma.createOnigString(text) }),
    loadGrammar: (scope) => {
      const found = contributed.find(({ scopeName }) => scopeName === scope);
      return Promise.resolve(found === undefined ? null : textmate.parseRawGrammar(readFileSync(found.file, 'utf8'), found.file));
    },
    getInjections: (scope) => contributed.filter(({ injectTo }) => injectTo?.includes(scope) === true).map(({ scopeName }) => scopeName),
  });
  const grammar = await registry.loadGrammar('source.yaml');
  assert.ok(grammar, 'this VS Code has no YAML');
  return { grammar, start: textmate.INITIAL };
}

const SCHEDULE = `apiVersion: dataprotection.kubeblocks.io/v1alpha1
kind: BackupSchedule
metadata:
  name: orders
spec:
  schedules:
    - backupMethod: full
      cronExpression: "CRON_TZ=Europe/Berlin 0 18 * * MON-FRI"
      retentionPeriod: 1mo7d # kept
    - cronExpression: 30 2 1 * *
      backupMethod: log
    - cronExpression: '@daily'
`;
const OPS = 'spec:\n  restore:\n    restorePointInTime: "2026-01-31T18:00:00Z"\n    other: 1\n';
const ACTIONS = 'command:\n  - echo $(DP_BACKUP_NAME) ${DP_BASE_PATH} $HOME\nconfig: |\n  key = {{ index .Parameters "accessKeyId" }}\n  other = {{ .Values.x }}\n';
const OTHERS = `apiVersion: batch/v1
kind: CronJob
spec:
  schedule: "0 18 * * *"
  retention: 7d
  time: 2026-01-31T18:00:00Z
  myCronExpressions: 0 18 * * *
  list: [1, 2]
`;

describe('Syntax colours', function () {
  this.timeout(30_000);
  let yaml: Awaited<ReturnType<typeof loadYaml>>;

  before(async () => {
    yaml = await loadYaml();
  });

  const tokens = (text: string): readonly Token[] => {
    let state = yaml.start;
    return text.split('\n').flatMap((line) => {
      const found = yaml.grammar.tokenizeLine(line, state);
      state = found.ruleStack;
      return found.tokens.map(({ startIndex, endIndex, scopes }) => ({ c: line.slice(startIndex, endIndex), t: scopes.join(' ') }));
    });
  };
  /** The tokens of ours, as text and innermost scope. */
  const ours = (all: readonly Token[]): readonly string[] => all.filter(({ t }) => t.includes('.kubeblocks')).map(({ c, t }) => `${c} ${t.split(' ').at(-1) ?? ''}`);

  it('tell the fields of a schedule, and the units of a retention', () => {
    assert.deepEqual(ours(tokens(SCHEDULE)).filter((token) => !/^ +meta/.test(token)), [
      'CRON_TZ keyword.other.cron.kubeblocks',
      '= keyword.operator.assignment.cron.kubeblocks',
      'Europe/Berlin support.constant.timezone.kubeblocks',
      '0 constant.numeric.cron.kubeblocks',
      '18 constant.numeric.cron.kubeblocks',
      '* keyword.operator.cron.kubeblocks',
      '* keyword.operator.cron.kubeblocks',
      'MON constant.language.cron.kubeblocks',
      '- keyword.operator.cron.kubeblocks',
      'FRI constant.language.cron.kubeblocks',
      '1 constant.numeric.retention.kubeblocks',
      'mo keyword.other.unit.retention.kubeblocks',
      '7 constant.numeric.retention.kubeblocks',
      'd keyword.other.unit.retention.kubeblocks',
      '30 constant.numeric.cron.kubeblocks',
      '2 constant.numeric.cron.kubeblocks',
      '1 constant.numeric.cron.kubeblocks',
      '* keyword.operator.cron.kubeblocks',
      '* keyword.operator.cron.kubeblocks',
      '@daily constant.language.cron.kubeblocks',
    ]);
  });

  it('tell the parts of a time', () => {
    assert.deepEqual(ours(tokens(OPS)), [
      '2026-01-31 constant.numeric.date.kubeblocks',
      'T keyword.operator.time.kubeblocks',
      '18:00:00 constant.numeric.time.kubeblocks',
      'Z keyword.other.unit.timezone.kubeblocks',
    ]);
  });

  it('tell placeholders of KubeBlocks from others', () => {
    assert.deepEqual(ours(tokens(ACTIONS)), [
      '$(DP_BACKUP_NAME) variable.other.placeholder.kubeblocks',
      '${DP_BASE_PATH} variable.other.placeholder.kubeblocks',
      '{{ index .Parameters "accessKeyId" }} variable.other.placeholder.kubeblocks',
    ]);
  });

  it('leave keys, the lines around them and other YAML to YAML', () => {
    const all = tokens(SCHEDULE);
    for (const key of ['cronExpression', 'retentionPeriod', 'backupMethod']) {
      const found = all.filter(({ c }) => c === key);
      assert.ok(found.length > 0 && found.every(({ t }) => t.includes('entity.name.tag.yaml') && !t.includes('.kubeblocks')), key);
    }
    assert.ok(all.some(({ c, t }) => c.includes('kept') && t.includes('comment')));
    assert.deepEqual(ours(tokens(OTHERS)), []);
  });
});
