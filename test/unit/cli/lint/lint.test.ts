import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../../../../src/cli/runCli';
import type { LintFinding } from '../../../../src/cli/lint/lintFinding';

const WRONG = 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: Backup\nmetadata: {name: b}\nspec:\n  backupPolicyName: p\n  backupMethod: m\n  deletionPolicy: delete\n';
const RIGHT = WRONG.replace('delete', 'Delete');

describe('kubeblocks-backup lint', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeblocks-lint-'));
    mkdirSync(join(folder, 'below', 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'right.yaml'), RIGHT);
    writeFileSync(join(folder, 'below', 'wrong.yml'), WRONG);
    writeFileSync(join(folder, 'below', 'node_modules', 'wrong.yaml'), WRONG);
    writeFileSync(join(folder, 'notes.txt'), WRONG);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function lint(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    let out = '';
    let err = '';
    const code = await runCli(['lint', ...args], { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) }, on: () => undefined });
    return { code, out, err };
  }

  it('prints file, line and column of what is wrong in a folder', async () => {
    const { code, out } = await lint(folder);
    assert.equal(code, 1);
    assert.equal(out, `${join(folder, 'below', 'wrong.yml')}:7:19: error: "delete" is not allowed here: the API server refuses it. Did you mean Delete? Allowed are Delete, Retain. [schema/enum]\n1 finding in 1 of 2 files.\n`);
  });

  it('prints JSON with the fields that scripts rely on', async () => {
    const { out } = await lint('--format', 'json', join(folder, 'below', 'wrong.yml'));
    const [finding] = JSON.parse(out) as LintFinding[];
    assert.deepEqual(finding, {
      file: join(folder, 'below', 'wrong.yml'),
      line: 7,
      column: 19,
      endLine: 7,
      endColumn: 25,
      rule: 'schema/enum',
      severity: 'error',
      message: '"delete" is not allowed here: the API server refuses it. Did you mean Delete? Allowed are Delete, Retain.',
      source: 'schema',
    });
    assert.equal((await lint('--format', 'json', join(folder, 'right.yaml'))).out, '[]\n');
  });

  it('prints SARIF 2.1.0, with results also where there are none', async () => {
    const none = JSON.parse((await lint('--format', 'sarif', join(folder, 'right.yaml'))).out) as { readonly runs: readonly { readonly results: unknown }[] };
    assert.deepEqual(none.runs[0]?.results, []);
    const { version, runs } = JSON.parse((await lint('--format', 'sarif', folder)).out) as {
      readonly version: string;
      readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly { readonly ruleIndex: number; readonly ruleId: string; readonly level: string; readonly locations: readonly unknown[] }[] }[];
    };
    const [run] = runs;
    const [result] = run?.results ?? [];
    assert.equal(version, '2.1.0');
    assert.equal(result?.level, 'error');
    assert.equal(run?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
    assert.equal(result.locations.length, 1);
  });

  it('prints annotations for GitHub and a report for JUnit', async () => {
    assert.match((await lint('--format', 'github', folder)).out, /^::error file=.*wrong\.yml,line=7,endLine=7,col=19,endColumn=25,title=schema\/enum::"delete" is not/);
    const { out } = await lint('--format', 'junit', folder);
    assert.match(out, /<testsuite name="kubeblocks-backup lint" tests="2" failures="1" errors="0">/);
    assert.match(out, /<failure type="schema\/enum" message="&quot;delete&quot; is not/);
  });

  it('exits with 0 where nothing reaches --fail-on, and with 2 where it could not run', async () => {
    assert.equal((await lint(join(folder, 'right.yaml'))).code, 0);
    for (const args of [[], [join(folder, 'gone.yaml')], ['--format', 'xml', folder], ['--kubeblocks', '2.0', folder], ['--baseline', join(folder, 'gone.json'), folder], ['--fail-on', 'x', folder], ['--nothing', folder]]) {
      const { code, err, out } = await lint(...args);
      assert.equal(code, 2, args.join(' '));
      assert.ok(err.length > 0 && out === '', args.join(' '));
    }
  });

  it('says which files it left alone, as they are templates', async () => {
    writeFileSync(join(folder, 'chart.yaml'), WRONG.replace('{name: b}', '\n  name: {{ .Release.Name }}'));
    const { code, out, err } = await lint('--format', 'json', join(folder, 'chart.yaml'));
    assert.deepEqual([code, out], [0, '[]\n']);
    assert.match(err, /^Left alone, for templates are no manifests yet: \S+chart\.yaml\. Render them first, as in: helm template CHART \| kubeblocks-backup lint -\n$/);
    assert.equal((await lint(join(folder, 'right.yaml'))).err, '');
  });

  it('tells nothing as missing of a patch of kustomize, and says which files were judged so', async () => {
    const patch = join(folder, 'prod', 'patches', 'policy.yaml');
    mkdirSync(dirname(patch), { recursive: true });
    writeFileSync(patch, 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec: {backoffLimit: 3, backupRepo: r}\n');
    assert.match((await lint(patch)).out, /backupMethods is missing/);
    for (const name of ['kustomization.yaml', 'Kustomization']) {
      const kustomization = join(folder, 'prod', name);
      writeFileSync(kustomization, 'resources: [../base.yaml]\npatches: [{path: patches/policy.yaml}]\n');
      writeFileSync(join(folder, 'base.yaml'), `${WRONG.replace(/ {2}deletion.*\n/, '')}---\napiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec:\n  target: {podSelector: {matchLabels: {a: b}}}\n  backupMethods: [{name: m, actionSetName: a}]\n`);
      for (const path of [patch, folder]) {
        const { out, err } = await lint('--format', 'json', path);
        const found = (JSON.parse(out) as { readonly file: string; readonly rule: string }[]).filter(({ file }) => !file.endsWith('wrong.yml')).map(({ rule }) => rule);
        assert.deepEqual(found, ['schema/unknown-field'], `${name} ${path}`);
        assert.match(err, /^Judged as patches of kustomize, of which nothing is missing: \S+policy\.yaml\.\n$/);
      }
      rmSync(kustomization);
    }
  });

  it('speaks the line it is told to', async () => {
    writeFileSync(join(folder, 'old.yaml'), 'apiVersion: apps.kubeblocks.io/v1alpha1\nkind: OpsRequest\nmetadata: {name: o}\nspec: {clusterRef: c, type: Restart}\n');
    assert.equal((await lint('--kubeblocks', '0.8', join(folder, 'old.yaml'))).code, 0);
    assert.match((await lint('--kubeblocks', '1.2', join(folder, 'old.yaml'))).out, /KubeBlocks 1\.2 does not serve OpsRequest/);
  });

  it('leaves out what the baseline holds, as often as it holds it', async () => {
    const baseline = join(folder, 'baseline.json');
    writeFileSync(baseline, (await lint('--format', 'json', folder)).out);
    assert.deepEqual(await lint('--baseline', baseline, folder), { code: 0, out: 'Nothing found in 2 files.\n', err: '' });
    writeFileSync(join(folder, 'below', 'wrong.yml'), `${WRONG}---\n${WRONG}`);
    assert.match((await lint('--baseline', baseline, folder)).out, /^.*wrong\.yml:15:19: .*\n1 finding/);
  });

  it('knows the policies of the other files', async () => {
    writeFileSync(join(folder, 'policy.yaml'), 'apiVersion: dataprotection.kubeblocks.io/v1alpha1\nkind: BackupPolicy\nmetadata: {name: p}\nspec:\n  target: {}\n  backupMethods: [{name: full, actionSetName: a}]\n');
    const { out } = await lint(join(folder, 'right.yaml'), join(folder, 'policy.yaml'));
    assert.match(out, /right\.yaml:6:17: error: Backup method m is not in policy p in .*policy\.yaml \(it has full\)/);
  });
});
