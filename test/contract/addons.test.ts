import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../src/cli/runCli';
import type { AnyObject } from '../../src/kubeblocks/objects';
import { addonCluster, addonManifests } from '../node/support/addons';
import { DATABASES } from '../node/support/databases';

const NODE = join(__dirname, '..', 'node');

describe('the add-ons of the node lane', () => {
  it('are as many as the databases the lane can drive', () => {
    assert.deepEqual(readdirSync(join(NODE, 'addons')).sort(), DATABASES.map(({ name }) => name).sort());
  });

  it('are found clean by lint', async () => {
    let said = '';
    const stream = { write: (text: string) => (said += text) };
    const code = await runCli(['lint', '--fail-on', 'hint', join(NODE, 'addons')], { stdout: stream, stderr: stream, on: () => undefined });
    assert.equal(code, 0, said);
  });

  for (const { name, component } of DATABASES) {
    describe(name, () => {
      const objects = addonManifests(name);
      const ofKind = (kind: string): readonly AnyObject[] => objects.filter((object) => object.kind === kind);

      it('names the action sets it has, and no other', () => {
        const [template] = ofKind('BackupPolicyTemplate');
        const { backupMethods } = template?.['spec'] as { readonly backupMethods: readonly { readonly actionSetName?: string }[] };
        const named = backupMethods.flatMap(({ actionSetName }) => actionSetName ?? []);
        assert.deepEqual(named.sort(), ofKind('ActionSet').map(({ metadata }) => metadata.name).sort());
      });

      it('runs images that the lane has', () => {
        const { registry, images } = JSON.parse(readFileSync(join(NODE, 'images.json'), 'utf8')) as { readonly registry: string; readonly images: readonly string[] };
        const named = valuesOf(objects, 'image');
        assert.ok(named.length > 0);
        assert.deepEqual(named.filter((image) => !images.some((known) => image === `${registry}/${known}`)), []);
      });

      it('has an example whose component it defines', () => {
        const { componentSpecs } = addonCluster(name, 'demo')['spec'] as { readonly componentSpecs: readonly { readonly name: string; readonly componentDef: string }[] };
        assert.deepEqual(componentSpecs.map((each) => [each.name, each.componentDef]), ofKind('ComponentDefinition').map(({ metadata }) => [component, metadata.name]));
      });

      it('holds scripts that are a program, and end at the first error', function () {
        if (spawnSync('bash', ['--version']).error !== undefined) {
          process.stdout.write('      there is no bash here to read them\n');
          this.skip();
        }
        const scripts = valuesOf(objects, 'command').filter((script) => script.includes('\n'));
        assert.ok(scripts.length > 0);
        for (const script of scripts) {
          assert.match(script, /^set -euo pipefail\n/);
          const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
          assert.equal(status, 0, stderr);
        }
      });
    });
  }
});

/** The strings below every field of that name. */
function valuesOf(value: unknown, field: string, isBelow = false): readonly string[] {
  if (typeof value === 'string') return isBelow ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => valuesOf(each, field, isBelow));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, below]) => valuesOf(below, field, name === field));
}
