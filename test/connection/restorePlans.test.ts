import assert from 'node:assert/strict';
import * as path from 'node:path';
import { jsonText } from '../../src/kubeblocks/json';
import { KINDS } from '../../src/kubeblocks/kinds';
import type { Backup, OpsRequest } from '../../src/kubeblocks/objects';
import { PLAYGROUND_CONTEXT, PLAYGROUND_NAMESPACE } from '../../src/playground/kubeconfig';
import { createPlayground, type Playground } from '../../src/playground/playground';
import { FaultProxy, type ProxiedRequest, type ProxyFault } from '../support/faultProxy';
import { PlaygroundApp } from '../support/playgroundApp';

const ROOT = path.resolve(__dirname, '../..');
const RESTORE = 'kubeblocksBackup.restore';
const START = 'kubeblocksBackup.startRestorePlan';
const BACKUP = { kind: 'backup', namespace: PLAYGROUND_NAMESPACE, name: 'graph-2026-11-26' } as const;

/** What comes between a plan that was read and its start: nothing is made twice, nothing by halves, and what is said is true. */
describe('A restore plan that is interrupted', function () {
  this.timeout(60_000);
  let playground: Playground;
  let windows: readonly [PlaygroundApp, PlaygroundApp];
  let backup: typeof BACKUP | { readonly kind: 'backup'; readonly namespace: string; readonly name: string } = BACKUP;

  beforeEach(async () => {
    const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
    playground = await createPlayground({ ...folders, line: '1.0', speed: 0, now: Date.UTC(2026, 0, 1) });
    const found = playground.store.list(KINDS.backup).find(({ metadata }) => metadata.name.startsWith('graph-'));
    assert.ok(found);
    backup = { ...BACKUP, name: found.metadata.name };
    windows = [new PlaygroundApp(playground, PLAYGROUND_CONTEXT), new PlaygroundApp(playground, PLAYGROUND_CONTEXT)];
  });
  afterEach(async () => {
    windows.forEach((each) => each.dispose());
    await playground.close();
  });

  /** Reads the plan, and leaves the question behind it. */
  const read = (window: PlaygroundApp): Promise<string> => window.outcomeOf(RESTORE, backup, (prompts) => void prompts.when(/^Restore graph/, { leave: true }));
  const requests = (): readonly string[] => playground.store.list(KINDS.opsRequest).filter((each) => (each as OpsRequest).spec?.type === 'Restore').map(({ metadata }) => metadata.name);

  it('by a double click is started once', async () => {
    const [window] = windows;
    await read(window);
    assert.deepEqual(requests(), []);
    await Promise.all([window.outcomeOf(START), window.outcomeOf(START)]);
    assert.deepEqual(requests(), ['graph-r1-restore']);
  });

  it('by another window that starts the same plan is started once, and both follow it', async () => {
    const [first, second] = windows;
    await read(first);
    await read(second);
    assert.match(await first.outcomeOf(START), /^info: Nobody waits for the restore into graph-r1/);
    assert.match(await second.outcomeOf(START), /^info: Nobody waits for the restore into graph-r1/);
    assert.deepEqual(requests(), ['graph-r1-restore']);
  });

  it('by somebody who takes the name is not started, and says so', async () => {
    const [window] = windows;
    await read(window);
    const taken = { apiVersion: 'apps.kubeblocks.io/v1', kind: 'Cluster', metadata: { name: 'graph-r1', namespace: PLAYGROUND_NAMESPACE }, spec: { terminationPolicy: 'Delete' } };
    playground.store.create(KINDS.cluster, taken);
    assert.match(await window.outcomeOf(START), /^error: The restore was not started: the plan has changed since it was shown\. A cluster named graph-r1 exists in playground\..* It is shown anew/);
    assert.deepEqual(requests(), []);
  });

  it('by somebody who deletes the backup is not started, and says so', async () => {
    const [window] = windows;
    await read(window);
    playground.store.delete(KINDS.backup, { namespace: PLAYGROUND_NAMESPACE, name: backup.name });
    assert.match(await window.outcomeOf(START), /^error: The restore was not started: the plan has changed since it was shown\. Backup graph-\S+ is being deleted\./);
    assert.deepEqual(requests(), []);
  });

  const steps = [
    ['the dry run of the plan', ({ method, path: asked }: ProxiedRequest) => method === 'POST' && asked.includes('dryRun=All')],
    ['its start', ({ method, path: asked }: ProxiedRequest) => method === 'POST' && asked.includes('/opsrequests') && !asked.includes('dryRun')],
    ['the look at the backup before its start', ({ method, path: asked }: ProxiedRequest) => method === 'GET' && asked.includes(`/backups/${backup.name}`)],
  ] as const;
  const faults: readonly (readonly [what: string, fault: ProxyFault, words: RegExp])[] = [
    ['a token that expires', { status: 401 }, /log in|Unauthorized|credentials|signed in|authenticat/i],
    ['a connection that is cut', 'reset', /cannot be reached|could not/],
    ['an answer that is lost', 'truncate', /cannot be reached|could not|^info: Nobody waits/],
    ['a server that is overloaded', { status: 503 }, /could not|unavailable|would not be accepted/i],
  ];
  for (const [what, fault, words] of faults) {
    for (const [at, isAt] of steps) {
      it(`by ${what} at ${at} makes nothing twice, says so, and is started once when that is over`, async () => {
        const proxy = await FaultProxy.start(playground);
        const window = new PlaygroundApp({ ...playground, kubeconfig: proxy.kubeconfig(playground.token, PLAYGROUND_NAMESPACE) }, 'proxied');
        try {
          await read(window);
          let isOver = false;
          proxy.fault = (request) => (!isOver && isAt(request) ? fault : undefined);
          assert.match(at.startsWith('the dry run') ? await read(window) : await window.outcomeOf(START), words);
          assert.ok(requests().length <= (fault === 'truncate' && at === 'its start' ? 1 : 0));
          isOver = true;
          assert.match(await window.outcomeOf(START), /^info: Nobody waits for the restore into graph-r1/);
          assert.deepEqual(requests(), ['graph-r1-restore']);
        } finally {
          window.dispose();
          await proxy.close();
        }
      });
    }
  }

  it('by a server that is gone says that nothing is known, and makes nothing', async () => {
    const [window] = windows;
    await read(window);
    await playground.close();
    assert.match(await window.outcomeOf(START), /^error: Whether the restore into graph-r1 was started already could not be found out: /);
    assert.deepEqual(requests(), []);
  });
});

/** Which clock is wrong, this machine's or the cluster's, nobody knows: what is asked for is an instant of the log. */
describe('A restore to an instant where the clocks differ by an hour', function () {
  this.timeout(60_000);
  for (const hours of [-1, 1]) {
    it(`${hours > 0 ? 'ahead' : 'behind'}: is of an instant of the log, and started once`, async () => {
      const folders = { schemasFolder: path.join(ROOT, 'schemas'), dataFolder: path.join(ROOT, 'src/playground') };
      const playground = await createPlayground({ ...folders, line: '1.0', speed: 0, now: Date.now() + hours * 3_600_000 });
      const window = new PlaygroundApp(playground, PLAYGROUND_CONTEXT);
      try {
        const log = playground.store.list(KINDS.backup).map((each) => each as Backup).find(({ metadata, status }) => metadata.name.includes('orders') && metadata.labels?.['dataprotection.kubeblocks.io/backup-type'] === 'Continuous' && status?.timeRange?.end !== undefined);
        assert.ok(log);
        const ref = { kind: 'backup', namespace: PLAYGROUND_NAMESPACE, name: log.metadata.name } as const;
        assert.match(await window.outcomeOf(RESTORE, ref), /^info: Nobody waits for the restore into /);
        await window.outcomeOf(START);
        const made = playground.store.list(KINDS.opsRequest).map((each) => each as OpsRequest).filter(({ spec }) => spec?.type === 'Restore');
        const [time, ...others] = made.map((each) => jsonText(each, 'spec', 'restore', 'restorePointInTime') ?? '');
        assert.equal(others.length, 0);
        assert.equal(Date.parse(time ?? ''), Math.floor(Date.parse(log.status?.timeRange?.end ?? '') / 1000) * 1000);
      } finally {
        window.dispose();
        await playground.close();
      }
    });
  }
});
