import assert from 'node:assert/strict';
import { AppError } from '../../../../src/operations/appError';
import type { App } from '../../../../src/ui/app';
import { Cancelled, CommandError } from '../../../../src/ui/commandError';
import { rulesFor } from '../../../../src/ui/commands/copyPermissionRule';
import { readInvocation } from '../../../../src/ui/commands/invocation';
import { createCommandRunner } from '../../../../src/ui/commands/runCommand';
import type { ObjectRef } from '../../../../src/ui/objectRef';
import { ManualClock } from '../../../support/manualClock';
import { RecordingLogger } from '../../../support/recordingLogger';
import { ScriptedPrompts } from '../../../support/scriptedPrompts';

const REF: ObjectRef = { kind: 'cluster', namespace: 'payments', name: 'orders' };

function stage(): { app: App; prompts: ScriptedPrompts; log: RecordingLogger } {
  const prompts = new ScriptedPrompts();
  const log = new RecordingLogger();
  const app = { prompts, log, clock: new ManualClock(), views: { selection: undefined } } as unknown as App;
  return { app, prompts, log };
}

describe('running a command', () => {
  it('logs its start and its end with the time it took', async () => {
    const { app, log } = stage();
    await createCommandRunner(app)('x', () => Promise.resolve(undefined), REF);
    assert.deepEqual(log.lines, ['info start x cluster/payments/orders', 'info done x cluster/payments/orders, 0 ms']);
  });

  it('shows a failure once, with what helps and the log', async () => {
    const { app, prompts } = stage();
    const action = { label: 'Choose', command: 'choose' };
    await createCommandRunner(app)('x', () => Promise.reject(new CommandError('It failed: why. Do this.', { action })), undefined);
    assert.deepEqual(prompts.told.map(({ message, actions }) => [message, ...actions.map(({ label }) => label)]), [['It failed: why. Do this.', 'Choose', 'Show Log']]);
  });

  it('offers to copy the rule, or to try again, as the failure says', async () => {
    const { app, prompts } = stage();
    const run = createCommandRunner(app);
    await run('x', () => Promise.reject(new AppError('forbidden', 'no', { action: { kind: 'copyRole', manifest: 'kind: Role' } })), undefined);
    await run('x', () => Promise.reject(new AppError('unreachable', 'no', { action: { kind: 'retry' } })), REF);
    assert.deepEqual(prompts.told.map(({ actions }) => actions[0]), [
      { label: 'Copy the Rule to Ask For', command: 'kubeblocksBackup.copyPermissionRule', arguments: [{ manifest: 'kind: Role' }] },
      { label: 'Try Again', command: 'x', arguments: [REF] },
    ]);
  });

  it('says nothing when the person turned away', async () => {
    const { app, prompts } = stage();
    await createCommandRunner(app)('x', () => Promise.reject(new Cancelled()), undefined);
    assert.deepEqual(prompts.told, []);
  });

  it('does not start the same thing twice, but brings its question forward', async () => {
    const { app, prompts } = stage();
    const run = createCommandRunner(app);
    let started = 0;
    let finish = (): void => undefined;
    const command = (): Promise<undefined> => {
      started += 1;
      return new Promise((resolve) => (finish = () => resolve(undefined)));
    };
    const first = run('x', command, REF);
    await run('x', command, REF);
    finish();
    await first;
    assert.deepEqual([started, prompts.asked], [1, ['(focus)']]);
  });

  it('may be called again while what it started is followed', async () => {
    const { app } = stage();
    const run = createCommandRunner(app);
    let followed = 0;
    let end = (): void => undefined;
    const follow = (): Promise<void> => {
      followed += 1;
      return new Promise((resolve) => (end = resolve));
    };
    const first = run('x', () => Promise.resolve(follow), REF);
    await new Promise((resolve) => setImmediate(resolve));
    const second = run('x', () => Promise.resolve(undefined), REF);
    await second;
    end();
    await first;
    assert.equal(followed, 1);
  });
});

describe('what a command is meant for', () => {
  const node = { id: 'n', label: 'orders', target: REF, component: 'postgresql' };

  it('is the reference it was given, or the line it was called on', () => {
    assert.equal(readInvocation(REF, undefined).ref, REF);
    assert.deepEqual([readInvocation({ node }, undefined).ref, readInvocation({ node }, undefined).component], [REF, 'postgresql']);
  });

  it('is the selected line when it was given nothing', () => {
    assert.equal(readInvocation(undefined, node).ref, REF);
  });

  for (const argument of [null, 7, 'orders', {}, { kind: 'Pod', name: 'x' }, { kind: 'cluster', name: 7 }, { node: 'x' }]) {
    it(`is nothing for ${JSON.stringify(argument)}`, () => assert.equal(readInvocation(argument, node).ref, undefined));
  }
});

describe('the rule to ask for', () => {
  it('is a Role for one namespace, and lets a list be watched', () => {
    const text = rulesFor([{ verb: 'list', resource: 'backups', group: 'dataprotection.kubeblocks.io', namespace: 'payments' }]);
    assert.equal(
      text,
      [
        'apiVersion: rbac.authorization.k8s.io/v1',
        'kind: Role',
        'metadata:',
        '  name: kubeblocks-backup-user',
        '  namespace: payments',
        'rules:',
        '  - apiGroups:',
        '      - dataprotection.kubeblocks.io',
        '    resources:',
        '      - backups',
        '    verbs:',
        '      - get',
        '      - list',
        '      - watch',
        '',
      ].join('\n'),
    );
  });

  it('is a ClusterRole where no namespace is named', () => {
    assert.match(rulesFor([{ verb: 'list', resource: 'clusters', group: 'apps.kubeblocks.io' }]), /kind: ClusterRole/);
  });
});
