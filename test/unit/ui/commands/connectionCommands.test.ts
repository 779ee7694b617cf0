import assert from 'node:assert/strict';
import { TestApp } from '../../../support/testApp';

const CHOOSE_CONTEXT = 'kubeblocksBackup.chooseContext';
const CHOOSE_KUBECONFIG = 'kubeblocksBackup.chooseKubeconfig';
const OPEN_PLAYGROUND = 'kubeblocksBackup.openPlayground';
const FILTER = 'kubeblocksBackup.filterBackupSets';

describe('Choose Context', () => {
  it('connects to the chosen one and remembers it', async () => {
    const test = new TestApp({ contexts: ['kind-prod', 'kind-test'] });
    await test.active.reopen();
    test.prompts.when(/^Choose Context/, 'kind-test');
    await test.command(CHOOSE_CONTEXT);
    assert.deepEqual([test.session?.context, test.remembered], ['kind-test', ['kind-test']]);
    assert.deepEqual(test.prompts.picks[0]?.choices.map(({ label, description, icon }) => [label, description, icon]), [['kind-prod', 'shown now', 'check'], ['kind-test', '', 'server']]);
    assert.ok(test.source.sessions[0]?.disposed);
  });

  it('leaves the connection alone when one turns away', async () => {
    const test = new TestApp({ contexts: ['kind-prod', 'kind-test'] });
    await test.active.reopen();
    const before = test.session;
    test.prompts.when(/./, { leave: true });
    await test.command(CHOOSE_CONTEXT);
    assert.deepEqual([test.session === before, test.told, test.remembered], [true, [], []]);
  });

  it('says that the kubeconfig names none, or is broken', async () => {
    const none = new TestApp({ contexts: [] });
    await none.command(CHOOSE_CONTEXT);
    assert.deepEqual(none.told, [['There is no context to choose: the kubeconfig names none.', 'Choose Kubeconfig…', 'Show Log']]);
    const broken = new TestApp();
    broken.source.broken = 'config is not YAML';
    await broken.command(CHOOSE_CONTEXT);
    assert.deepEqual(broken.told, [['config is not YAML', 'Show Log']]);
  });

  it('reads no kubeconfig in a workspace that is not trusted', async () => {
    const test = new TestApp({ trusted: false });
    await test.command(CHOOSE_CONTEXT);
    assert.deepEqual([test.source.reads, test.told.length], [0, 1]);
  });

  it('asks once for two clicks', async () => {
    const test = new TestApp();
    await Promise.all([test.command(CHOOSE_CONTEXT), test.command(CHOOSE_CONTEXT)]);
    assert.equal(test.prompts.picks.length, 1);
  });
});

describe('Choose Kubeconfig', () => {
  it('sets the file that was chosen, or goes back to what kubectl reads', async () => {
    const test = new TestApp();
    test.file = '/home/me/config';
    await test.command(CHOOSE_KUBECONFIG);
    test.prompts.when(/./, 'As kubectl');
    await test.command(CHOOSE_KUBECONFIG);
    assert.deepEqual(test.kubeconfigs, ['/home/me/config', '']);
  });

  it('sets nothing when one turns away, from the question or from the dialog', async () => {
    const test = new TestApp();
    await test.command(CHOOSE_KUBECONFIG);
    test.prompts.when(/./, { leave: true });
    await test.command(CHOOSE_KUBECONFIG);
    assert.deepEqual([test.kubeconfigs, test.told], [[], []]);
  });
});

describe('Open Playground', () => {
  it('brings the side bar forward, starts it and connects', async () => {
    const test = new TestApp();
    await test.command(OPEN_PLAYGROUND);
    assert.deepEqual([test.views.focused, test.playground.opened, test.active.state.state, test.progress], [1, 1, 'open', ['Opening the playground']]);
  });

  it('says why it could not be started, and connects to nothing', async () => {
    const test = new TestApp();
    test.playground.failure = 'the port is taken';
    await test.command(OPEN_PLAYGROUND);
    assert.deepEqual(test.told, [['The playground could not be opened: the port is taken. The log has more.', 'Show Log']]);
    assert.equal(test.source.sessions.length, 0);
  });

  it('starts nothing in a workspace that is not trusted, and once for two clicks', async () => {
    const test = new TestApp({ trusted: false });
    await test.command(OPEN_PLAYGROUND);
    assert.deepEqual([test.playground.opened, test.told.length], [0, 1]);
    test.trusted = true;
    await Promise.all([test.command(OPEN_PLAYGROUND), test.command(OPEN_PLAYGROUND)]);
    assert.equal(test.playground.opened, 1);
  });

  it('is undone by Close Playground', async () => {
    const test = new TestApp();
    await test.command('kubeblocksBackup.closePlayground');
    assert.equal(test.playground.closed, 1);
  });
});

describe('The filter and the groups of backup sets', () => {
  it('take words, show those in force, and are cleared', async () => {
    const test = new TestApp();
    test.prompts.when(/^Filter/, ' orders failed ');
    await test.command(FILTER);
    assert.equal(test.app.views.filter, 'orders failed');
    test.prompts.when(/^Filter/, { leave: true });
    await test.command(FILTER);
    assert.deepEqual([test.prompts.inputs.at(-1)?.value, test.app.views.filter], ['orders failed', 'orders failed']);
    await test.command('kubeblocksBackup.clearBackupSetFilter');
    assert.equal(test.app.views.filter, '');
  });

  it('take no blanks for words', async () => {
    const test = new TestApp();
    test.prompts.when(/^Filter/, '   ');
    await test.command(FILTER);
    assert.equal(test.app.views.filter, '');
  });

  it('group by what was chosen', async () => {
    const test = new TestApp();
    test.prompts.when(/^Group/, 'Repository');
    await test.command('kubeblocksBackup.groupBackupSets');
    assert.equal(test.groupBy, 'repository');
    test.prompts.when(/^Group/, { leave: true });
    await test.command('kubeblocksBackup.groupBackupSets');
    assert.deepEqual([test.groupBy, test.told], ['repository', []]);
  });
});
