import assert from 'node:assert/strict';
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { formatSarif } from '../../../../src/cli/lint/formatSarif';
import type { LintFinding } from '../../../../src/cli/lint/lintFinding';
import { runCli } from '../../../../src/cli/runCli';

/** The schema of the OASIS standard, as Microsoft's package for tests carries it. */
const SCHEMA = join(__dirname, '..', '..', '..', '..', 'node_modules', '@microsoft', 'jest-sarif', 'lib', 'schemas', 'sarif-2.1.0-rtm.5.json');
const RULES = join(__dirname, '..', '..', '..', 'fixtures', 'rules');

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
}

describe('SARIF, by the schema of the standard', function () {
  this.timeout(60_000);
  let isValid: (log: unknown) => void;
  let folder = '';

  before(() => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
    isValid = (log) => assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), undefined, 2));
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-sarif-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function lint(...args: readonly string[]): Promise<Log> {
    let out = '';
    await runCli(['lint', '--format', 'sarif', ...args], { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => assert.fail(text) }, on: () => undefined });
    const log = JSON.parse(out) as Log;
    isValid(log);
    return log;
  }

  it('is refused where it is none, so that the schema is in force', () => {
    assert.throws(() => isValid({ version: '2.1.0', runs: [{ tool: {}, results: [] }] }));
    assert.throws(() => isValid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'a', informationUri: 'not a uri' } } }] }));
  });

  it('is right where nothing was found', async () => {
    writeFileSync(join(folder, 'none.yaml'), 'kind: ConfigMap\n');
    assert.deepEqual((await lint(join(folder, 'none.yaml'))).runs[0]?.results, []);
  });

  it('is right for what every rule finds', async () => {
    const log = await lint(RULES);
    assert.ok(new Set(log.runs[0]?.results.map(({ ruleId }) => ruleId)).size > 40);
  });

  it('is right for broken YAML, and for files of any name', async () => {
    const name = join(folder, 'a b#ü%?[x]:1.yaml');
    writeFileSync(name, 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b}\nspec: {backupPolicyName: "\n');
    assert.ok(((await lint(name)).runs[0]?.results.length ?? 0) > 0);
  });

  it('is right for relative files, those of Windows and standard input', () => {
    const finding = (file: string): LintFinding => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1, rule: 'KB-B001', severity: 'hint', message: 'x', source: 'rule' });
    const files = ['k8s/a b.yaml', '../up.yaml', 'C:\\k8s\\a.yaml', '<stdin>', '\\\\server\\share\\a.yaml'];
    const log = JSON.parse(formatSarif({ files, findings: files.map(finding) })) as { readonly runs: readonly { readonly results: readonly { readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[] }[] }[] };
    isValid(log);
    const uris = log.runs[0]?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri);
    assert.deepEqual(uris, ['k8s/a%20b.yaml', '../up.yaml', 'file:///C:/k8s/a.yaml', '%3Cstdin%3E', 'file://server/share/a.yaml']);
  });
});
