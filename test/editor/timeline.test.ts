import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parseTime } from '../../src/kubeblocks/wallTime';
import type { ExtensionInternals } from '../../src/ui/internals';
import type { ObjectRef } from '../../src/ui/objectRef';
import { documentText, eventually, openSideBar } from '../support/editor';
import { editorTarget } from '../support/editorTarget';
import { ScriptedPrompts } from '../support/scriptedPrompts';

const NAMESPACE = 'playground';
const TARGET = editorTarget();
const ORDERS: ObjectRef = { kind: 'cluster', namespace: NAMESPACE, name: 'orders' };

/** Of the playground alone: it takes a log backup with a history. */
(TARGET.isPlayground ? describe : () => undefined)('the recovery timeline in VS Code', function () {
  this.timeout(90_000);
  let internals: ExtensionInternals;
  let prompts: ScriptedPrompts;

  before(async () => (internals = await openSideBar()));
  beforeEach(() => internals.answerWith((prompts = new ScriptedPrompts())));
  after(async () => {
    internals.answerWith(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const show = (ref: ObjectRef): Thenable<unknown> => vscode.commands.executeCommand('kubeblocksBackup.showTimeline', ref);
  const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('kubeblocksBackup.timeline'));
  const logName = (): string => {
    const log = [...(internals.inventory()?.backups.items.values() ?? [])].find(({ metadata: { labels } }) => labels?.['app.kubernetes.io/instance'] === 'orders' && labels['dataprotection.kubeblocks.io/backup-type'] === 'Continuous');
    assert.ok(log, 'orders has a log backup');
    return log.metadata.name;
  };

  it('opens and draws what can be restored', async () => {
    await show(ORDERS);
    await eventually('it is drawn', () => internals.timelines()[0] !== undefined);
    assert.match(internals.timelines()[0] ?? '', /^\d{4}-\d\d-\d\d .*Can be restored\. Base .* of log .* to replay\.$/);
    assert.deepEqual(tabs().map(({ label }) => label), ['Recovery of orders']);
  });

  it('is one for a cluster, whichever of its lines it is called on', async () => {
    await show({ kind: 'backup', namespace: NAMESPACE, name: logName() });
    assert.equal(tabs().length, 1);
  });

  it('follows the log', async () => {
    const before = internals.timelines()[0];
    await eventually('the newest instant moves on', () => internals.timelines()[0] !== before, 60_000);
  });

  it('hands the chosen log and instant to the restore', async () => {
    const { timeRange } = internals.inventory()?.backups.items.get(`${NAMESPACE}/${logName()}`)?.status ?? {};
    const at = Date.parse(timeRange?.end ?? '') - 60_000;
    internals.receiveFromTimeline({ type: 'restore', log: logName(), at });
    await eventually('the time is asked about', () => prompts.inputs.some(({ title }) => /^Restore orders to which time/.test(title)));
    const asked = prompts.inputs.find(({ title }) => /^Restore orders to which time/.test(title));
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    assert.deepEqual(parseTime(asked?.value ?? '', { now: at, timeZone }), { kind: 'instant', ms: at });
  });

  it('takes no log that the cluster does not have, and nothing else from its page', async () => {
    internals.receiveFromTimeline({ type: 'restore', log: 'somebody-elses', at: Date.now() });
    internals.receiveFromTimeline({ type: 'run', command: 'workbench.action.closeAllEditors' });
    await show(ORDERS);
    assert.deepEqual([prompts.inputs.length, tabs().length], [0, 1]);
  });

  it('has a twin to read as a text', async () => {
    const text = await documentText({ form: 'window', context: TARGET.context, ref: ORDERS });
    assert.match(text, /^# Recovery window of orders/);
    assert.match(text, /can be restored \| base .*then log /);
    assert.match(text, /cannot be reached \| no full backup ended before it/);
  });

  it('says so for a cluster without a log backup', async () => {
    await show({ kind: 'cluster', namespace: NAMESPACE, name: 'vectors' });
    assert.match(prompts.told.map(({ message }) => message).join(), /vectors has no log backup, so only its backup sets themselves can be restored/);
  });
});
