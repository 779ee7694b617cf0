import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionSet, KubeObject } from '../../../../src/kubeblocks/objects';
import { createAdmission } from '../../../../src/playground/admission/createAdmission';
import { loadCrds } from '../../../../src/playground/admission/loadCrds';
import { matchesDefinition } from '../../../../src/playground/controllers/clusterDefinitions';
import type { PolicyTemplate } from '../../../../src/playground/controllers/policyDriverShapes';
import { resourceOf } from '../../../../src/playground/samples/createAll';
import { readManifests } from '../../../../src/playground/samples/readManifests';
import { sharedFolder } from '../../../support/sharedFolder';

const OBJECTS = readManifests('src/playground/engines');
const ENGINES = ['apecloud-mysql', 'milvus', 'mongodb', 'nebula', 'postgresql', 'prometheus', 'qdrant', 'redis', 'weaviate'];

function ofKind<T extends KubeObject>(kind: string): readonly T[] {
  return OBJECTS.filter((object) => object.kind === kind) as readonly KubeObject[] as readonly T[];
}

function engineOf({ metadata }: KubeObject): string {
  return metadata.labels?.['playground.kubeblocks.io/engine'] ?? '';
}

const ACTION_SETS = new Map(ofKind<ActionSet>('ActionSet').map((set) => [set.metadata.name, set]));
const TEMPLATES = ofKind<PolicyTemplate>('BackupPolicyTemplate');

describe('sample engines', () => {
  it('are the nine of the introduction page, each with a template', () => {
    assert.deepEqual([...new Set(TEMPLATES.map(engineOf))].sort(), ENGINES);
  });

  it('pass the admission of KubeBlocks 1.0 without an unknown field', () => {
    const admission = createAdmission(loadCrds('1.0', 'schemas'));
    for (const object of OBJECTS) {
      const { errors, unknownFields } = admission.admit(resourceOf(object), object);
      assert.deepEqual({ errors, unknownFields }, { errors: [], unknownFields: [] }, object.metadata.name);
    }
  });

  it('cover components that exist', () => {
    const definitions = ofKind('ComponentDefinition').map(({ metadata }) => metadata.name);
    for (const { metadata, spec } of TEMPLATES) {
      const covered = spec.compDefs.some((pattern) => definitions.some((name) => matchesDefinition(name, pattern)));
      assert.ok(covered, metadata.name);
    }
  });

  it('are covered by one template at most each', () => {
    for (const { metadata } of ofKind('ComponentDefinition')) {
      const covering = TEMPLATES.filter(({ spec }) => spec.compDefs.some((pattern) => matchesDefinition(metadata.name, pattern)));
      assert.ok(covering.length <= 1, `${metadata.name}: ${covering.map((template) => template.metadata.name).join(', ')}`);
    }
  });

  it('name only action sets and methods that exist, and leave every schedule off', () => {
    for (const { metadata, spec } of TEMPLATES) {
      const methods = spec.backupMethods.map(({ name }) => name);
      for (const { name, actionSetName, compatibleMethod, snapshotVolumes } of spec.backupMethods) {
        assert.ok(actionSetName === undefined ? snapshotVolumes : ACTION_SETS.has(actionSetName), `${metadata.name} ${name}`);
        assert.ok(compatibleMethod === undefined || methods.includes(compatibleMethod), `${metadata.name} ${name}`);
      }
      for (const { backupMethod, enabled } of spec.schedules ?? []) {
        assert.ok(methods.includes(backupMethod), `${metadata.name} ${backupMethod}`);
        assert.equal(enabled, false);
      }
    }
  });

  it('declare every parameter that an action takes', () => {
    for (const { metadata, spec } of ACTION_SETS.values()) {
      const declared = Object.keys(spec?.parametersSchema?.openAPIV3Schema?.properties ?? {});
      for (const name of [...(spec?.backup?.withParameters ?? []), ...(spec?.restore?.withParameters ?? [])]) {
        assert.ok(declared.includes(name), `${metadata.name} ${name}`);
      }
    }
  });
});

describe("sample engines and the add-ons of KubeBlocks' 1.0 line", () => {
  interface AddOn {
    readonly releases: Readonly<Record<string, readonly { readonly name: string; readonly methods: readonly string[] }[]>>;
    readonly actionSets: readonly { readonly name: string; readonly backupType: string; readonly restoreStages: readonly string[]; readonly baseBackupRequired: boolean }[];
  }
  let addOns: Readonly<Record<string, AddOn>>;

  before(function () {
    const file = join(sharedFolder(this, 'engines'), 'engines.json');
    addOns = (JSON.parse(readFileSync(file, 'utf8')) as { addons: Readonly<Record<string, AddOn>> }).addons;
  });

  const typeOf = (method: PolicyTemplate['spec']['backupMethods'][number]) =>
    method.snapshotVolumes === true ? 'Snapshot' : (ACTION_SETS.get(method.actionSetName ?? '')?.spec?.backupType ?? '');

  for (const engine of ENGINES.filter((name) => name !== 'prometheus')) {
    it(`${engine} has the methods of its add-on, with their types`, () => {
      const expected = Object.fromEntries((addOns[engine]?.releases['release-1.0'] ?? []).map(({ name, methods }) => [name, [...methods].sort()]));
      const own = TEMPLATES.filter((template) => engineOf(template) === engine);
      const actual = Object.fromEntries(
        own.map(({ metadata, spec }) => [metadata.name, spec.backupMethods.map((method) => `${method.name}(${typeOf(method)})`).sort()]),
      );
      assert.deepEqual(actual, expected);
    });

    it(`${engine}'s action sets copy and restore in the stages of its add-on`, () => {
      for (const { name, backupType, restoreStages, baseBackupRequired } of addOns[engine]?.actionSets ?? []) {
        const own = ACTION_SETS.get(name)?.spec;
        if (own === undefined) continue;
        const stages = [own.restore?.prepareData !== undefined && 'prepareData', own.restore?.postReady !== undefined && 'postReady'];
        assert.deepEqual(
          { backupType: own.backupType, stages: stages.filter(Boolean), base: own.restore?.baseBackupRequired ?? true },
          { backupType, stages: restoreStages, base: baseBackupRequired },
          name,
        );
      }
    });
  }
});
