import assert from 'node:assert/strict';
import { parameterProblems } from '../../../src/kubeblocks/parameters';
import type { ActionSet, Parameter } from '../../../src/kubeblocks/objects';
import { anActionSet } from '../../support/builders';

const actionSet = anActionSet('dump', 'Selective', {
  spec: {
    backupType: 'Selective',
    backup: { withParameters: ['database', 'jobs', 'ratio', 'schemaOnly', 'tables', 'format'] },
    parametersSchema: {
      openAPIV3Schema: {
        required: ['database'],
        properties: {
          database: { type: 'string', pattern: '^[a-z]+$' },
          jobs: { type: 'integer', minimum: 1, maximum: 8 },
          ratio: { type: 'number' },
          schemaOnly: { type: 'boolean' },
          tables: { type: 'array', items: { type: 'string' } },
          format: { type: 'string', enum: ['custom', 'plain'] },
        },
      },
    },
  },
});

function judge(...parameters: readonly Parameter[]): string[] {
  return parameterProblems(actionSet, parameters, 'backup').map(({ name, message }) => `${name ?? ''}: ${message}`);
}

const database = { name: 'database', value: 'orders' };

describe('parameterProblems', () => {
  const values: readonly (readonly [string, string, string | undefined])[] = [
    ['jobs', '4', undefined],
    ['jobs', '4.5', '"4.5" is no whole number.'],
    ['jobs', '9', '9 is above the maximum of 8.'],
    ['jobs', '0', '0 is below the minimum of 1.'],
    ['jobs', '99999999999999999999', '"99999999999999999999" is no whole number.'],
    ['ratio', '1e-3', undefined],
    ['ratio', 'much', '"much" is no number.'],
    ['schemaOnly', 'T', undefined],
    ['schemaOnly', 'yes', '"yes" is neither true nor false.'],
    ['tables', 'a,b', undefined],
    ['format', 'tar', 'Allowed are custom, plain.'],
    ['database', 'Orders', 'It must match ^[a-z]+$.'],
    ['other', 'x', 'Action set dump does not take this parameter.'],
  ];
  for (const [name, value, message] of values) {
    it(`${message === undefined ? 'takes' : 'refuses'} ${name}=${value}`, () => {
      const others = name === 'database' ? [] : [database];
      assert.deepEqual(judge({ name, value }, ...others), message === undefined ? [] : [`${name}: ${message}`]);
    });
  }

  it('misses a required one once any is given, as the controller does', () => {
    assert.deepEqual(judge({ name: 'jobs', value: '1' }), ['database: database is required.']);
    assert.deepEqual(judge(), []);
  });

  it('refuses a name given twice', () => assert.deepEqual(judge(database, database), ['database: database is given twice.']));

  const halfWritten: readonly unknown[] = [
    { withParameters: null, parametersSchema: null },
    { withParameters: 'database', parametersSchema: { openAPIV3Schema: null } },
    { withParameters: [null, 'database'], parametersSchema: { openAPIV3Schema: { properties: null, required: 'database' } } },
    { withParameters: ['database'], parametersSchema: { openAPIV3Schema: { properties: { database: null } } } },
    { withParameters: ['database'], parametersSchema: { openAPIV3Schema: { properties: { database: { type: 'string', enum: null } } } } },
  ];
  halfWritten.forEach((written) => {
    it(`judges by what is there of an action set that is half written: ${JSON.stringify(written)}`, () => {
      const { withParameters, parametersSchema } = written as Record<string, unknown>;
      const half = { ...actionSet, spec: { backup: { withParameters }, parametersSchema } } as unknown as ActionSet;
      const isDeclared = Array.isArray(withParameters);
      assert.deepEqual(parameterProblems(half, [database], 'backup').map(({ message }) => message), isDeclared ? [] : ['Action set dump does not take this parameter.']);
    });
  });
});
