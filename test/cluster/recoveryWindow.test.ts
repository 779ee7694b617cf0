import assert from 'node:assert/strict';
import { indexClusters } from '../../src/kubeblocks/clusterIndex';
import { clusterWindow, stretchAt, type ComponentWindow } from '../../src/kubeblocks/clusterWindow';
import { objectKey, type Inventory } from '../../src/kubeblocks/inventory';
import type { AnyObject, Condition, Restore } from '../../src/kubeblocks/objects';
import { recoveryWindow, segmentAt, type RecoveryWindow } from '../../src/kubeblocks/recoveryWindow';
import { rfc3339 } from '../../src/kubeblocks/timeText';
import type { ClusterLane } from './lane/clusterLane';
import type { LaneNamespace } from './lane/laneNamespace';
import { ahead } from './support/ahead';
import { createHistory, instantOf, type Past } from './support/history';
import { Product } from './support/product';
import { sharedCluster } from './support/sharedCluster';

interface Story {
  readonly about: string;
  readonly history: readonly Past[];
}

const LOG: Past = { name: 'log', kind: 'log', start: 0, end: 3600 };

const STORIES: readonly Story[] = [
  { about: 'a log without a base', history: [LOG] },
  { about: 'one full backup in the middle', history: [LOG, { name: 'full', kind: 'full', end: 764 }] },
  { about: 'a base that ends with the log\'s first second', history: [LOG, { name: 'full', kind: 'full', end: 0 }] },
  { about: 'a base that ends a second too early', history: [LOG, { name: 'full', kind: 'full', end: -1 }] },
  { about: 'a base that ends with the log', history: [LOG, { name: 'full', kind: 'full', end: 3600 }] },
  { about: 'a base after the log', history: [LOG, { name: 'full', kind: 'full', end: 60 }, { name: 'later', kind: 'full', end: 3601 }] },
  { about: 'a base whose completion alone is known', history: [LOG, { name: 'full', kind: 'full', end: 900, withoutRange: true }] },
  { about: 'a volume snapshot as base', history: [LOG, { name: 'snapshot', kind: 'snapshot', end: 900 }] },
  {
    about: 'an incremental whose chain is whole',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' }],
  },
  {
    about: 'a whole chain that begins before the log',
    history: [LOG, { name: 'full', kind: 'full', end: -600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent is gone, between two good ones',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'broken', kind: 'incremental', end: 1200, parent: 'gone', base: 'full' }, { name: 'later', kind: 'full', end: 2400 }],
  },
  {
    about: 'an incremental whose grandparent is gone',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'gone', base: 'full' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' }],
  },
  {
    about: 'an incremental on a full backup of another method',
    history: [LOG, { name: 'snapshot', kind: 'snapshot', end: 600 }, { name: 'broken', kind: 'incremental', end: 1200, parent: 'snapshot', base: 'snapshot' }],
  },
  {
    about: 'an incremental that names another base than its parent',
    history: [LOG, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'other' }],
  },
  {
    about: 'an incremental whose parent ended after it',
    history: [LOG, { name: 'full', kind: 'full', end: 1300 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent ended in the same second, and comes before it by name',
    history: [LOG, { name: 'early', kind: 'full', end: 300 }, { name: 'full', kind: 'full', end: 1200 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' }],
  },
  {
    about: 'an incremental whose parent ended in the same second, and comes after it by name',
    history: [LOG, { name: 'early', kind: 'full', end: 300 }, { name: 'zero', kind: 'full', end: 1200 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'zero', base: 'zero' }, { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'zero' }],
  },
  {
    about: 'an incremental whose parent is in another repository',
    history: [LOG, { name: 'full', kind: 'full', end: 600, repository: 'volume-store' }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'an incremental whose parent was made by another policy',
    history: [LOG, { name: 'full', kind: 'full', end: 600, policy: 'other' }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }],
  },
  {
    about: 'failed, running and foreign backups, which are no bases',
    history: [LOG, { name: 'failed', kind: 'full', end: 600, phase: 'Failed' }, { name: 'running', kind: 'full', end: 900, phase: 'Running' }, { name: 'foreign', kind: 'full', end: 1200, component: 'redis' }, { name: 'full', kind: 'full', end: 1800 }],
  },
  { about: 'an engine that needs no base', history: [{ ...LOG, kind: 'free' }] },
  {
    about: 'two logs at once, of which one needs no base',
    history: [LOG, { ...LOG, name: 'other', kind: 'free', start: 1800, end: 4200 }, { name: 'full', kind: 'full', end: 764 }],
  },
  {
    about: 'a log that was switched off, and the one that came after it',
    history: [{ ...LOG, end: 1200, phase: 'Completed' }, { ...LOG, name: 'next', start: 1800 }, { name: 'full', kind: 'full', end: 300 }, { name: 'between', kind: 'full', end: 1500 }, { name: 'later', kind: 'full', end: 2400 }],
  },
  {
    about: 'a log that failed, with a chain, and the one that took its place',
    history: [
      { ...LOG, end: 1800, phase: 'Failed' },
      { ...LOG, name: 'next', start: 1700 },
      { name: 'full', kind: 'full', end: 600 },
      { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' },
      { name: 'two', kind: 'incremental', end: 2400, parent: 'one', base: 'full' },
    ],
  },
  {
    about: 'logs of two components, each with its bases',
    history: [LOG, { ...LOG, name: 'cache', component: 'redis', start: 900 }, { name: 'full', kind: 'full', end: 600 }, { name: 'dump', kind: 'full', end: 1500, component: 'redis' }],
  },
  {
    about: 'a first base that expired and was collected',
    history: [LOG, { name: 'expired', kind: 'full', end: 600, ends: 'expired' }, { name: 'full', kind: 'full', end: 1200 }],
  },
  {
    about: 'the only base deleted',
    history: [LOG, { name: 'deleted', kind: 'full', end: 600, ends: 'deleted' }],
  },
  {
    about: 'an incremental whose full backup expired and was collected',
    history: [LOG, { name: 'expired', kind: 'full', end: -600, ends: 'expired' }, { name: 'one', kind: 'incremental', end: 1200, parent: 'expired', base: 'expired' }, { name: 'full', kind: 'full', end: 2400 }],
  },
  {
    about: 'an incremental of which a parent in the middle was deleted',
    history: [
      LOG,
      { name: 'full', kind: 'full', end: 600 },
      { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full', ends: 'deleted' },
      { name: 'two', kind: 'incremental', end: 1800, parent: 'one', base: 'full' },
    ],
  },
  {
    about: 'an engine that restores its log alone',
    history: [{ ...LOG, kind: 'skipping' }, { name: 'full', kind: 'full', end: 600 }, { name: 'one', kind: 'incremental', end: 1200, parent: 'full', base: 'full' }, { name: 'later', kind: 'full', end: 2400 }],
  },
];

/** Its annotation makes a restore read the log alone, so that an incremental cannot be its base. */
const SKIPPING: AnyObject = {
  apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
  kind: 'ActionSet',
  metadata: { name: 'cluster-lane-skipping', annotations: { 'dataprotection.kubeblocks.io/skip-base-backup-restore-in-pitr': 'true' } },
  spec: { backupType: 'Continuous', restore: { postReady: [{ job: { image: 'cluster-lane.invalid/tools', command: ['true'] } }] } },
};

const AT_ONCE = 4;

describe('the recovery window, asked of the real restore controller', () => {
  const heard: Verdict[] = [];
  let asked: (about: string) => Promise<readonly Verdict[]>;
  after(() => {
    process.stdout.write(`\n${STORIES.length} histories: ${heard.length} instants asked, ${heard.filter(({ controller }) => controller).length} of them accepted\n`);
  });
  before(async () => {
    const lane = await sharedCluster();
    await lane.create(SKIPPING);
    asked = ahead(new Map(STORIES.map((story) => [story.about, () => ask(lane, story)])), AT_ONCE);
  });

  for (const { about, history } of STORIES) {
    it(`agrees about ${about}`, async () => {
      const verdicts = await asked(about);
      heard.push(...verdicts);
      assert.deepEqual(verdicts.filter(({ controller, extension, isLeftOut }) => (isLeftOut ? extension || !controller : controller !== extension)), []);
      const byAnyLog = ({ component, at }: Verdict): boolean => verdicts.some((other) => other.component === component && other.at === at && other.controller && !other.isLeftOut);
      assert.deepEqual(verdicts.filter((verdict) => byAnyLog(verdict) !== verdict.ofCluster), []);
      assert.equal(verdicts.length, bordersOf(history).length * logsOf(history).length);
    });
  }

  it('is cut as foreseen once the garbage collector takes the base it starts from', async () => {
    const lane = await sharedCluster();
    const space = await lane.namespace({ engine: false });
    const history: readonly Past[] = [LOG, { name: 'first', kind: 'full', end: 600, ends: 'expiring' }, { name: 'second', kind: 'full', end: 1200 }];
    await createHistory(lane, space.name, history);
    const { ofCluster } = await windowsOf(lane, space, history);
    const cut = ofCluster.get('postgresql')?.cut;
    assert.deepEqual(cut && [cut.expiring.metadata.name, rfc3339(cut.from), cut.then && rfc3339(cut.then)], ['first', instantOf(600), instantOf(1200)]);
    await lane.api.patch(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${space.name}/backups/first/status`, { status: { expiration: instantOf(660) } });
    await space.untilGone('backups', 'first');
    const verdicts = await Promise.all([600, 1199, 1200].map((at) => verdictOf(lane, space, 'log', at)));
    assert.deepEqual(verdicts.map(({ controller }) => controller), [false, false, true], JSON.stringify(verdicts));
  });
});

/** Whether a log can be restored to a second, as both say, and the controller's words. */
interface Verdict {
  readonly log: string;
  readonly component: string;
  readonly at: number;
  readonly controller: boolean;
  readonly extension: boolean;
  /** The base is a snapshot, with which the controller takes the restore and then leaves it out (test/node/snapshotBase.test.ts). */
  readonly isLeftOut: boolean;
  /** By the window of the component, over all its logs. */
  readonly ofCluster: boolean;
  readonly message: string;
}

/** What both say of a history, at every border of it, for each log. */
async function ask(lane: ClusterLane, { history }: Story): Promise<readonly Verdict[]> {
  const space = await lane.namespace({ engine: false });
  await createHistory(lane, space.name, history);
  await endSome(lane, space, history);
  const { windows, ofCluster } = await windowsOf(lane, space, history);
  return Promise.all(
    logsOf(history).flatMap(({ name: log, component = 'postgresql' }) =>
      bordersOf(history).map(async (at): Promise<Verdict> => {
        const instant = Date.parse(instantOf(at));
        const window = windows.get(log);
        const segment = window && segmentAt(window, instant);
        const said = {
          extension: segment?.kind === 'recoverable',
          isLeftOut: segment?.kind === 'unreachable' && segment.reason === 'snapshotBase',
          ofCluster: stretchAt(ofCluster.get(component)?.stretches ?? [], instant)?.kind === 'recoverable',
        };
        return { log, component, at, ...said, ...(await verdictOf(lane, space, log, at)) };
      }),
    ),
  );
}

/** Somebody deletes some of the backups; the garbage collector takes those that expired. */
async function endSome(lane: ClusterLane, space: LaneNamespace, history: readonly Past[]): Promise<void> {
  for (const { name, ends } of history) {
    if (ends === 'deleted') await lane.api.delete(`/apis/dataprotection.kubeblocks.io/v1alpha1/namespaces/${space.name}/backups/${name}`);
    if (ends === 'deleted' || ends === 'expired') await space.untilGone('backups', name);
  }
}

function logsOf(history: readonly Past[]): readonly Past[] {
  return history.filter(({ start }) => start !== undefined);
}

/** One second before, at, and after everything that begins or ends. */
function bordersOf(history: readonly Past[]): readonly number[] {
  const borders = history.flatMap(({ start, end }) => (start === undefined ? [end] : [start, end]));
  return [...new Set(borders.flatMap((border) => [border - 1, border, border + 1]))].sort((a, b) => a - b);
}

interface Windows {
  readonly windows: ReadonlyMap<string, RecoveryWindow>;
  readonly ofCluster: ReadonlyMap<string, ComponentWindow>;
}

/** What the extension says of the logs and of their components, once its session knows the whole history. */
async function windowsOf(lane: ClusterLane, { name }: LaneNamespace, history: readonly Past[]): Promise<Windows> {
  const product = new Product(lane, name);
  const isKnown = (backups: Inventory['backups'], past: Past): boolean => {
    const backup = backups.items.get(objectKey(name, past.name));
    return past.ends === 'deleted' || past.ends === 'expired' ? backup === undefined : backup?.status?.phase !== undefined;
  };
  try {
    await product.until('the history and the action sets', ({ backups, actionSets }) => actionSets.items.has('/cluster-lane-skipping') && history.every((past) => isKnown(backups, past)));
    const windows = logsOf(history).flatMap(({ name: log }) => {
      const backup = product.inventory.backups.items.get(objectKey(name, log));
      const window = backup && recoveryWindow(product.inventory, backup);
      return window === undefined ? [] : [[log, window] as const];
    });
    const [, window] = windows[0] ?? [];
    assert.ok(window);
    const entry = [...indexClusters(product.inventory).entries.values()].find(({ backups }) => backups.includes(window.log));
    assert.ok(entry);
    const { components } = clusterWindow(product.inventory, entry, window.to);
    return { windows: new Map(windows), ofCluster: new Map(components.map((each) => [each.component ?? '', each])) };
  } finally {
    product.dispose();
  }
}

/** Whether the controller takes a Restore of the log to that second. */
async function verdictOf(lane: ClusterLane, space: LaneNamespace, log: string, at: number): Promise<Pick<Verdict, 'controller' | 'message'>> {
  const name = `${log}-at-${at < 0 ? `minus-${-at}` : at}`;
  await lane.create({
    apiVersion: 'dataprotection.kubeblocks.io/v1alpha1',
    kind: 'Restore',
    metadata: { name, namespace: space.name },
    spec: { backup: { name: log, namespace: space.name }, restoreTime: instantOf(at) },
  });
  const judged = await space.until<Restore>('restores', name, 'judged', (restore) => validation(restore) !== undefined);
  const { status = '', message = '' } = validation(judged) ?? {};
  return { controller: status === 'True', message };
}

function validation({ status }: Restore): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === 'ValidationPassed');
}
